"""Automatic snapshots: commits without parents, strung on a chain that can be thinned.

`refs/wove/auto` points to the newest link. A link is a commit with two parents: its snapshot and
the link before. Thinning strings new links, so that the id of a snapshot holds for ever.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from time import time

import pygit2

from jupyter_wove.projects.repository.place import Place, point, target
from jupyter_wove.projects.repository.records import Person
from jupyter_wove.projects.repository.staging import stage

CHAIN = "refs/wove/auto"
_LINK = "Link in Wove's chain of automatic snapshots\n"
_SPANS = [
    (timedelta(hours=1), None),
    (timedelta(days=1), "%Y-%m-%d %H"),
    (timedelta(days=90), "%Y-%m-%d"),
]


def snapshot(place: Place, author: Person, message: str) -> str | None:
    """Note the folder as it is; return None if nothing has changed since the last snapshot."""
    staged = stage(place)
    git = place.git()
    last = newest(git)
    if staged.tree == (last.tree.id if last else git.TreeBuilder().write()):
        return None
    signature = sign(author, after=last)
    commit = git.create_commit(None, signature, signature, clean(message), staged.tree, [])
    point(git, CHAIN, _link(git, git[commit].peel(pygit2.Commit), target(git, CHAIN)))
    return str(commit)


def newest(git: pygit2.Repository) -> pygit2.Commit | None:
    """Find the last snapshot."""
    return next(snapshots(git), None)


def snapshots(git: pygit2.Repository) -> Iterator[pygit2.Commit]:
    """Walk from the newest snapshot to the oldest."""
    link = target(git, CHAIN)
    while link is not None:
        parents = git[link].peel(pygit2.Commit).parent_ids
        yield git[parents[0]].peel(pygit2.Commit)
        link = parents[1] if len(parents) > 1 else None


def thin(place: Place, now: datetime, keep: set[str]) -> int:
    """Let go of old snapshots: all of an hour, one an hour for a day, one a day for 90 days.

    The newest and those whose ids are in `keep` stay. Return how many went.
    """
    git = place.git()
    every = list(snapshots(git))
    kept = list(_kept(every, now, keep))
    if len(kept) < len(every):
        link = None
        for commit in reversed(kept):
            link = _link(git, commit, link)
        if link is not None:
            point(git, CHAIN, link)
    return len(every) - len(kept)


def sign(author: Person, after: pygit2.Commit | None) -> pygit2.Signature:
    """Sign now, or a second after the commit before: the order of versions is that of time."""
    moment = max(int(time()), after.commit_time + 1 if after else 0)
    name, email = (_plain(text) for text in (author.name, author.email))
    return pygit2.Signature(name or "unknown", email or "unknown", moment, 0)


def clean(message: str) -> str:
    """Drop what git cannot hold in a message."""
    return message.replace("\0", "").encode(errors="replace").decode()


def _plain(text: str) -> str:
    kept = "".join(character for character in clean(text) if character not in "<>\r\n")
    return kept.strip(" .,:;\"'\\")


def _kept(every: list[pygit2.Commit], now: datetime, keep: set[str]) -> Iterator[pygit2.Commit]:
    seen: set[str] = set()
    for number, commit in enumerate(every):
        slot = _slot(commit, now)
        if number == 0 or str(commit.id) in keep or (slot is not None and slot not in seen):
            yield commit
        if slot is not None:
            seen.add(slot)


def _slot(commit: pygit2.Commit, now: datetime) -> str | None:
    """Name the stretch of time that keeps one snapshot; None once it is too old."""
    at = datetime.fromtimestamp(commit.commit_time, UTC)
    for span, pattern in _SPANS:
        if now - at <= span:
            return at.strftime(pattern) if pattern else str(commit.id)
    return None


def _link(git: pygit2.Repository, commit: pygit2.Commit, before: pygit2.Oid | None) -> pygit2.Oid:
    signature = pygit2.Signature("Wove", "wove", commit.commit_time, 0)
    parents = [commit.id] if before is None else [commit.id, before]
    return git.create_commit(None, signature, signature, _LINK, commit.tree.id, parents)
