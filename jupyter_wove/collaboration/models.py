"""What is kept of a room."""

from uuid import UUID

import msgspec


class History(msgspec.Struct, frozen=True):
    """What was typed in a room, as Yjs updates from the first to the last.

    Updates of another `epoch` belong to another history of the document: merged with these, they
    would say everything twice.
    """

    epoch: UUID
    updates: list[bytes]
    files: frozenset[str] = frozenset()  # digests of what the file holds, if nobody else wrote it
