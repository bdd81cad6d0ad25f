"""Stretches of time in which somebody worked on a document."""

from datetime import datetime
from typing import Protocol

import msgspec

MEBIBYTE = 1024 * 1024

FILE = "file"  # the author of what a document began with
DISK = "disk"  # of what somebody changed in its file
SERVER = "server"  # of what a program changed that nobody stands behind


class Limits(msgspec.Struct, frozen=True):
    """How long the past of a document is kept, in days, and how much of it, in bytes."""

    days: int = 90
    size: int = 64 * MEBIBYTE


class Entry(Protocol):
    """An entry of the log of a room."""

    @property
    def id(self) -> int:
        """Its number, higher than that of any before."""

    @property
    def at(self) -> datetime:
        """When it was stored."""

    @property
    def content(self) -> bytes:
        """One Yjs update."""

    @property
    def authors(self) -> list[str]:
        """The ids of the people who made it."""


class Stretch(msgspec.Struct):
    """Entries of a log that belong together: from the number `first` to `last`."""

    first: int
    last: int
    began: datetime
    ended: datetime
    authors: set[str]
    updates: list[bytes]
