"""Named versions: on `main` while nobody else uses git here, else on a chain of Wove's own.

The reasons are in docs/decisions/0003-where-versions-live.md.
"""

import os
import re
from contextlib import suppress
from pathlib import Path

import msgspec
import pygit2
from pygit2.enums import RepositoryState

from jupyter_wove.kit.errors import Conflict, InvalidRequest
from jupyter_wove.kit.files import durable, sync_folder
from jupyter_wove.projects.repository.gitindex import index_bytes
from jupyter_wove.projects.repository.names import can_be_tag
from jupyter_wove.projects.repository.place import Place, free, point, target
from jupyter_wove.projects.repository.records import Person
from jupyter_wove.projects.repository.snapshots import clean, sign
from jupyter_wove.projects.repository.staging import Staged, stage

MAIN = "refs/heads/main"
LAST_ON_MAIN = "refs/wove/main"
CHAIN = "refs/wove/versions"
TAGS = "refs/tags/"
OWN_TAGS = "refs/wove/tags/"
_NUMBERED = re.compile(r"wove/([0-9]{1,9})", re.ASCII)


class _Pending(msgspec.Struct):
    """A version on its way to `main`, to be finished if the process dies."""

    old: str | None
    new: str
    tag: str
    index_inode: int


def save_version(place: Place, author: Person, message: str, tag: str | None) -> str:
    """Save the folder as it is under a tag (`wove/<n>` if None); return the commit's id."""
    recover(place)
    git = place.git()
    name = _free_tag(git, tag)
    staged = stage(place)
    if place.made_here and untouched(git):
        new = _on_main(place, git, staged, author, message, name)
        if new is not None:
            return new
    return _on_chain(git, staged, author, message, name)


def untouched(git: pygit2.Repository) -> bool:
    """Tell whether the user has left git alone: `main` is ours, checked out, nothing staged."""
    try:
        return (
            git.state() == RepositoryState.NONE
            and git.references["HEAD"].target == MAIN
            and target(git, MAIN) == target(git, LAST_ON_MAIN)
            and "core.sparsecheckout" not in git.config
            and _nothing_staged(git)
        )
    except (pygit2.GitError, KeyError):
        return False  # an unusual set-up, such as an index only newer git can read


def recover(place: Place) -> None:
    """Finish a version that a killed process left half on `main`; the caller holds the lock."""
    path = place.own / "pending"
    if not path.exists():
        return
    with suppress(msgspec.DecodeError):  # torn: the process died before it began
        _finish(place, place.git(), msgspec.json.decode(path.read_bytes(), type=_Pending))
    path.unlink()


def tags(git: pygit2.Repository) -> dict[str, list[str]]:
    """List the tags of each commit, Wove's own first."""
    found: dict[str, list[str]] = {}
    names = git.raw_listall_references()
    for raw in sorted(names, key=lambda name: not name.startswith(OWN_TAGS.encode())):
        name = raw.decode(errors="replace")
        for prefix in (OWN_TAGS, TAGS):
            if name.startswith(prefix):
                with suppress(KeyError, pygit2.GitError):  # a tag of a file, not of a commit
                    commit = str(target(git, name))
                    found.setdefault(commit, []).append(name.removeprefix(prefix))
    return found


def _nothing_staged(git: pygit2.Repository) -> bool:
    index = git.index
    if index.conflicts is not None:
        return False
    head = target(git, MAIN)
    if head is None:
        return len(index) == 0
    return len(index.diff_to_tree(git[head].peel(pygit2.Tree))) == 0


def _free_tag(git: pygit2.Repository, wanted: str | None) -> str:
    if wanted is None:
        return f"wove/{_next_number(git)}"
    if not can_be_tag(wanted):
        raise InvalidRequest(f"{wanted!r} cannot be the name of a version: git does not allow it.")
    if any(git.references.get(prefix + wanted) for prefix in (TAGS, OWN_TAGS)):
        raise Conflict(f"There is already a version named {wanted!r}.")
    return wanted


def _next_number(git: pygit2.Repository) -> int:
    names = (name.removeprefix(TAGS).removeprefix(OWN_TAGS) for name in git.references)
    numbers = [int(found[1]) for name in names if (found := _NUMBERED.fullmatch(name))]
    return max(numbers, default=0) + 1


def _commit(
    git: pygit2.Repository,
    staged: Staged,
    author: Person,
    message: str,
    parents: list[pygit2.Oid],
) -> pygit2.Oid:
    before = git[parents[0]].peel(pygit2.Commit) if parents else None
    signature = sign(author, after=before)
    return git.create_commit(None, signature, signature, clean(message), staged.tree, parents)


def _on_chain(
    git: pygit2.Repository, staged: Staged, author: Person, message: str, tag: str
) -> str:
    last = target(git, CHAIN) or target(git, LAST_ON_MAIN)
    parents = [] if last is None else [last]
    head = None if git.head_is_unborn else git.head.peel(pygit2.Commit).id
    if head is not None and not _within(git, head, last):
        parents.append(head)
    new = _commit(git, staged, author, message, parents)
    point(git, CHAIN, new)
    point(git, OWN_TAGS + tag, new)
    return str(new)


def _within(git: pygit2.Repository, commit: pygit2.Oid, tip: pygit2.Oid | None) -> bool:
    return tip is not None and (tip == commit or git.descendant_of(tip, commit))


def _on_main(
    place: Place,
    git: pygit2.Repository,
    staged: Staged,
    author: Person,
    message: str,
    tag: str,
) -> str | None:
    """Commit to `main` as git itself would, or return None if git got in between."""
    old = target(git, MAIN)
    new = _commit(git, staged, author, message, [] if old is None else [old])
    fresh = place.own / "index.new"
    with durable(fresh) as file:
        file.write(index_bytes(place, staged.files))
    pending = _Pending(str(old) if old else None, str(new), tag, fresh.stat().st_ino)
    with durable(place.own / "pending") as file:
        file.write(msgspec.json.encode(pending))
    try:
        if _lock_index(place, fresh) and untouched(git := place.git()):
            _move_main(git, old, new)
    finally:
        saved = _finish(place, git, pending)
        (place.own / "pending").unlink()
    return str(new) if saved else None


def _lock_index(place: Place, fresh: Path) -> bool:
    """Take git's own lock with the new index already in it."""
    try:
        os.link(fresh, place.git_folder / "index.lock")
    except OSError:
        return False  # git is at work, or this disk knows no hard links
    finally:
        fresh.unlink()
    return True


def _move_main(git: pygit2.Repository, old: pygit2.Oid | None, new: pygit2.Oid) -> None:
    free(git, MAIN)
    with suppress(pygit2.GitError, ValueError, OSError):  # somebody else moves it just now
        if old is None:
            git.references.create(MAIN, new, force=False)
        elif (main := git.references[MAIN]).target == old:
            main.set_target(new)


def _finish(place: Place, git: pygit2.Repository, pending: _Pending) -> bool:
    """Complete a version if `main` has it, else undo; tell which."""
    new = pygit2.Oid(hex=pending.new)
    saved = target(git, MAIN) == new
    lock = place.git_folder / "index.lock"
    if lock.exists() and lock.stat().st_ino == pending.index_inode:
        if saved:
            lock.replace(place.git_folder / "index")
        else:
            lock.unlink()
        sync_folder(place.git_folder)
    if saved:
        point(git, LAST_ON_MAIN, new)
        point(git, TAGS + pending.tag, new)
    return saved
