"""What a repository tells about its versions and files."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal, Protocol

import msgspec

WORKING = "working"  # what the folder holds now, where a version is asked for

HistoryKind = Literal["all", "named"]
FileKind = Literal["notebook", "text", "binary"]
FileStatus = Literal["added", "removed", "changed", "renamed"]

HandOver = Callable[[str, Callable[[], bytes]], bool]
"""Takes a file, by its path and what reads its content, if it is not to be written here."""


class Person(Protocol):
    """Whoever a version is by."""

    @property
    def name(self) -> str:
        """What others call them."""

    @property
    def email(self) -> str:
        """An address, which need not work."""


class Author(msgspec.Struct, frozen=True):
    """A name and an address to write under a version."""

    name: str
    email: str


class Commit(msgspec.Struct, frozen=True):
    """A version: saved by a person, or taken automatically."""

    id: str
    parents: list[str]
    message: str
    author_name: str
    author_email: str
    at: datetime
    automatic: bool
    tag: str | None


class Entry(msgspec.Struct, frozen=True):
    """A file of a version; `blob` changes exactly when its bytes do."""

    path: str
    size: int
    kind: FileKind
    blob: str


class FileChange(msgspec.Struct, frozen=True):
    """What became of a file between two versions; `old_path` differs if it was renamed."""

    path: str
    old_path: str | None
    status: FileStatus


class Pushed(msgspec.Struct, frozen=True):
    """A commit that git can fetch from `address`, which is https and holds no credentials."""

    address: str
    commit: str


class LeftOut(msgspec.Struct, frozen=True):
    """A file that is not part of a version or a copy, and why."""

    path: str
    reason: str
