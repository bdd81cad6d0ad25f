"""What `jupyter wove doctor` says of secrets that are kept."""

from collections.abc import Iterator

from jupyter_wove.ai import kept_keys
from jupyter_wove.app import Wove
from jupyter_wove.cli.findings import Finding

OF_OTHERS = 0o077


def look(wove: Wove) -> Iterator[Finding]:
    """Look whether the keys of providers can be opened, and by nobody else."""
    keys = kept_keys(wove.units, wove.sealing).all()
    lost = [key.name for key in keys if not key.opens]
    path = wove.sealing.path
    if lost:
        yield Finding(
            f"The key of the server is lost that {', '.join(lost)} can be opened with",
            False,
            f"Bring back {path}, or remove them and add them anew: jupyter wove ai keys",
        )
    elif keys:
        yield Finding(f"The keys of providers can be opened ({len(keys)} kept)", True, "")
    if path.exists():
        yield Finding(
            "The key of the server is yours alone",
            not path.stat().st_mode & OF_OTHERS,
            f"Others may read it: chmod 600 {path}",
        )
