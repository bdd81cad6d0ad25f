"""Which files differ between two versions."""

from collections.abc import Iterator

import pygit2
from pygit2.enums import DeltaStatus, DiffFind, FileMode

from jupyter_wove.projects.repository.records import FileChange

MOST_RENAMES = 200  # comparing every removed file with every added one is quadratic
_REGULAR = {FileMode.BLOB, FileMode.BLOB_EXECUTABLE}


def changes(old: pygit2.Tree, new: pygit2.Tree) -> list[FileChange]:
    """List the regular files that differ, by path; renames are found by similar content."""
    diff = old.diff_to_tree(new)
    diff.find_similar(flags=DiffFind.FIND_RENAMES, rename_limit=MOST_RENAMES)
    found = [change for delta in diff.deltas for change in _changes(delta)]
    return sorted(found, key=lambda change: change.path)


def _changes(delta: pygit2.DiffDelta) -> Iterator[FileChange]:
    old, new = (
        file.path if file.mode in _REGULAR else None for file in (delta.old_file, delta.new_file)
    )
    if delta.status == DeltaStatus.RENAMED and old is not None and new is not None:
        yield FileChange(new, old, "renamed")
    elif old is not None and new is not None and delta.status == DeltaStatus.MODIFIED:
        yield FileChange(new, new, "changed")
    elif delta.status == DeltaStatus.ADDED and new is not None:
        yield FileChange(new, None, "added")
    elif delta.status == DeltaStatus.DELETED and old is not None:
        yield FileChange(old, old, "removed")
    elif delta.status == DeltaStatus.TYPECHANGE:
        yield from _replaced(old, new)


def _replaced(old: str | None, new: str | None) -> Iterator[FileChange]:
    """A link or a submodule that became a file is an added file for us, and the reverse."""
    if new is not None:
        yield FileChange(new, None, "added")
    elif old is not None:
        yield FileChange(old, old, "removed")
