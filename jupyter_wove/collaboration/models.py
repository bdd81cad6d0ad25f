"""What is kept of a room."""

from uuid import UUID

import msgspec


class Kept(msgspec.Struct, frozen=True):
    """That something is on disk: in which history, and how far its log goes now."""

    epoch: UUID
    position: int


class History(msgspec.Struct, frozen=True):
    """What was typed in a room, as Yjs updates from the first to the last.

    Updates of another `epoch` belong to another history of the document: merged with these, they
    would say everything twice. A file with one of the digests `current` holds all of it, one of
    those in `behind` what it was a while ago; any other was changed by somebody else. With
    `is_writing`, a save of it was begun and not ended.
    """

    epoch: UUID
    position: int
    updates: list[bytes]
    current: frozenset[str] = frozenset()
    behind: frozenset[str] = frozenset()
    is_writing: bool = False
