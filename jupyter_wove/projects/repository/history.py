"""The versions of a project in the order of time, saved and automatic ones together."""

from collections.abc import Iterator
from datetime import UTC, datetime
from heapq import merge
from itertools import islice

import pygit2
from pygit2.enums import SortMode

from jupyter_wove.kit.errors import NotFound
from jupyter_wove.projects.repository.contents import commit_of, find
from jupyter_wove.projects.repository.names import can_be_tag
from jupyter_wove.projects.repository.place import target
from jupyter_wove.projects.repository.records import Commit, HistoryKind
from jupyter_wove.projects.repository.snapshots import snapshots
from jupyter_wove.projects.repository.versions import CHAIN, LAST_ON_MAIN, tags

MOST_WALKED = 3000


def history(
    git: pygit2.Repository, kind: HistoryKind, after: str | None, limit: int
) -> list[Commit]:
    """List versions, newest first, beginning after the one with the id `after`.

    Commits that the user made with git count as named; raise NotFound if `after` is gone.
    """
    streams = [_named(git)] if kind == "named" else [_named(git), _automatic(git)]
    every = merge(*streams, key=lambda commit: commit.at, reverse=True)
    return list(islice(_past(every, after), limit))


def at_branch(git: pygit2.Repository, name: str) -> str:
    """Name the version that a branch is at; raise NotFound if there is no such branch."""
    found = target(git, f"refs/heads/{name}") if can_be_tag(name) else None
    if found is None:
        raise NotFound(f"This project has no branch {name!r}.")
    return str(found)


def touching(git: pygit2.Repository, path: str) -> list[Commit]:
    """List the versions that changed a file, newest first, of the last `MOST_WALKED` ones."""
    found: list[Commit] = []
    newer: tuple[Commit, str | None] | None = None
    for each in history(git, "all", None, MOST_WALKED):
        blob = _blob(git, each.id, path)
        if newer is not None and newer[1] not in {None, blob}:
            found.append(newer[0])
        newer = each, blob
    return [*found, newer[0]] if newer is not None and newer[1] else found


def commit(git: pygit2.Repository, version: str) -> Commit:
    """Describe a version by its full id or its tag; raise NotFound if there is none."""
    found = commit_of(git, version)
    automatic = any(each.id == found.id for each in snapshots(git))
    return record(
        found, [str(id_) for id_ in found.parent_ids], automatic, tags(git).get(str(found.id), [])
    )


def _blob(git: pygit2.Repository, version: str, path: str) -> str | None:
    try:
        return str(find(git[version].peel(pygit2.Tree), path).id)
    except NotFound:
        return None


def _past(commits: Iterator[Commit], after: str | None) -> Iterator[Commit]:
    if after is not None and not any(commit.id == after for commit in commits):
        raise NotFound("This version is no longer in the history: start from its beginning.")
    return commits


def _named(git: pygit2.Repository) -> Iterator[Commit]:
    names = tags(git)
    for commit in _walk(git):
        own = names.get(str(commit.id), [])
        yield record(commit, [str(parent) for parent in commit.parent_ids], False, own)


def _walk(git: pygit2.Repository) -> Iterator[pygit2.Commit]:
    walk = git.walk(None, SortMode.TIME)
    head = None if git.head_is_unborn else git.head.peel(pygit2.Commit).id
    for tip in (head, target(git, CHAIN), target(git, LAST_ON_MAIN)):
        if tip is not None:
            walk.push(tip)
    return iter(walk)


def _automatic(git: pygit2.Repository) -> Iterator[Commit]:
    newer: pygit2.Commit | None = None
    for commit in snapshots(git):
        if newer is not None:
            yield record(newer, [str(commit.id)], True, [])
        newer = commit
    if newer is not None:
        yield record(newer, [], True, [])


def record(commit: pygit2.Commit, parents: list[str], automatic: bool, names: list[str]) -> Commit:
    """Describe a commit."""
    author = commit.author
    return Commit(
        id=str(commit.id),
        parents=parents,
        message=commit.raw_message.decode(errors="replace").rstrip("\n"),
        author_name=author.raw_name.decode(errors="replace"),
        author_email=author.raw_email.decode(errors="replace"),
        at=datetime.fromtimestamp(commit.commit_time, UTC),
        automatic=automatic,
        tag=names[0] if names else None,
    )
