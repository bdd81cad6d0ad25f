"""The moments of a document, as others see them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from jupyter_wove.accounts import PersonRef
from jupyter_wove.projects import FilePath

MomentId = Annotated[str, msgspec.Meta(min_length=1, max_length=101)]
CellId = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
CheckpointName = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]

MomentKind = Literal["edits", "start", "checkpoint", "version"]
Nobody = Literal["file", "disk", "server", "unknown"]


class Moment(msgspec.Struct, kw_only=True):
    """A document as it was `at` some time: after `edits` that `began` then, for example.

    `people` worked on it, and `others`: a change of its `file` on `disk`, or a program of the
    `server`; with its `file` it began. What was before a `start` is not kept.
    """

    id: str
    kind: MomentKind
    began: datetime
    at: datetime
    people: list[PersonRef]
    others: list[Nobody]
    name: str | None = None
    number: int | None = None
    message: str = ""
    automatic: bool = False


class NewCheckpoint(msgspec.Struct, forbid_unknown_fields=True):
    """A moment of the file at `path` to name; as it is now where none is given."""

    path: FilePath
    name: CheckpointName
    moment: MomentId | None = None


class CheckpointChange(msgspec.Struct, forbid_unknown_fields=True):
    """Another name for a moment."""

    name: CheckpointName


class MomentToRestore(msgspec.Struct, forbid_unknown_fields=True):
    """A moment to bring back of the file at `path`: all of it, or one cell by its id."""

    path: FilePath
    moment: MomentId
    cell: CellId | None = None


class Restored(msgspec.Struct):
    """What undoes a restoration; null where the document was like that already."""

    undo: UUID | None
