"""Versions and files, as others see them."""

from datetime import datetime
from typing import Annotated, Protocol

import msgspec

from jupyter_wove.accounts import Actor, PersonRef
from jupyter_wove.projects.notebooks import NotebookDiff, TextDiff
from jupyter_wove.projects.repository import FileKind, FileStatus

Message = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
Name = Annotated[str, msgspec.Meta(max_length=60)]
FilePath = Annotated[str, msgspec.Meta(min_length=1, max_length=4096)]
VersionId = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


class Version(msgspec.Struct):
    """A state of a project that can be looked at and brought back.

    `automatic` ones were taken when something was saved and are thinned out with time; the
    others were saved by somebody and stay, numbered from 1 where they were given no `name`.
    """

    id: str
    name: str | None
    number: int | None
    message: str
    author: PersonRef | None
    at: datetime
    automatic: bool
    published: bool


class NewVersion(msgspec.Struct, forbid_unknown_fields=True):
    """A version to save: what changed, and a name where it deserves one."""

    message: Message
    name: Name | None = None


class Restoration(msgspec.Struct, forbid_unknown_fields=True):
    """What to bring back from `version`: the file at `path`, or all files.

    Where that undoes that another version was brought back, `undoes` names that one: what people
    did since in documents that are open stays.
    """

    version: VersionId
    path: FilePath | None = None
    undoes: VersionId | None = None


class OpenDocuments(Protocol):
    """The documents that somebody has open, whose files only their rooms write."""

    def take(self, actor: Actor, path: str, content: bytes, base: bytes | None) -> bool:
        """Bring a content into the document of a file, by its path below the root.

        With `base`, only what makes it differ from that. Tells whether it was open, and has its
        file written then.
        """


class FileEntry(msgspec.Struct):
    """A file of a version; `size` in bytes."""

    path: str
    size: int
    kind: FileKind


class ChangedFile(msgspec.Struct):
    """A file that differs between two versions; `old_path` is set where it was renamed."""

    path: str
    old_path: str | None
    status: FileStatus


class FileDiff(msgspec.Struct):
    """What changed in one file: cells of a notebook, lines of a text, or neither."""

    path: str
    notebook: NotebookDiff | None
    text: TextDiff | None
