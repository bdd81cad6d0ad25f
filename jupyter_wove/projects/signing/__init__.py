"""Who signs a commit: the address holds a person's id, for handles and names may change."""

from collections.abc import Iterable
from uuid import UUID

from jupyter_wove.accounts import Actor
from jupyter_wove.projects.repository import Author, Commit

DOMAIN = "people.wove.invalid"


def author(actor: Actor) -> Author:
    """Sign as the person who asks."""
    return Author(actor.name, f"{actor.id}@{DOMAIN}")


def author_id(commit: Commit) -> UUID | None:
    """Tell which person signed a commit; None for one that was not made by Wove."""
    name, _, domain = commit.author_email.partition("@")
    try:
        return UUID(name) if domain == DOMAIN else None
    except ValueError:
        return None


def author_ids(commits: Iterable[Commit]) -> set[UUID]:
    """Tell which people signed these commits."""
    return {id_ for commit in commits if (id_ := author_id(commit))}
