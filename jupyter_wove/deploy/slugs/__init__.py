"""What apps are called in their addresses: labels of host names, each given once."""

import hashlib
import re
import unicodedata

from jupyter_wove.deploy.models import Slug
from jupyter_wove.deploy.store import AppStore
from jupyter_wove.kit.errors import Conflict

LONGEST, LONGEST_LABEL = 40, 63
SHORTEST = 3


def slug_of(title: str) -> str:
    """Make a slug of a title: "Wave physics!" becomes "wave-physics"."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: LONGEST - 4].strip("-")
    return slug if len(slug) >= SHORTEST else f"app-{slug}".strip("-")


def free_slug(store: AppStore, wanted: str) -> str:
    """Find a slug that no app has yet, numbered where the wanted one is taken."""
    taken = store.slugs_like(wanted)
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (wanted, *numbered) if slug not in taken)


def demand_free(store: AppStore, slug: Slug) -> None:
    """Raise Conflict where another app has a slug."""
    if store.with_slug(slug):
        raise Conflict(f"Another app is called {slug}. Choose another name for the address.")


def preview_slug(parent: str, branch: str) -> str:
    """Name the preview of a branch; long names are cut, and told apart by a digest."""
    plain = slug_of(branch)
    slug = f"{parent}--{plain}"
    if len(slug) <= LONGEST_LABEL and plain == branch:
        return slug
    digest = hashlib.sha256(branch.encode()).hexdigest()[:6]
    return f"{slug[: LONGEST_LABEL - 7].rstrip('-')}-{digest}"
