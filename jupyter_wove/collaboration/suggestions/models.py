"""Suggestions, as those who work on a document see them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from jupyter_wove.accounts import PersonRef
from jupyter_wove.kit.events import Event
from jupyter_wove.projects import CellChange

Path = Annotated[str, msgspec.Meta(min_length=1, max_length=1024)]
Note = Annotated[str, msgspec.Meta(max_length=500)]
Changes = Annotated[dict[str, str], msgspec.Meta(min_length=1, max_length=2000)]


class SuggestedChange(msgspec.Struct, frozen=True):
    """What is suggested for one cell: added, removed, changed or moved.

    `after` is the cell behind which a new one belongs, null for the first place. `revision`
    goes into the decision, so that nobody accepts what they have not seen. A document without
    cells is one change, of the cell "text".
    """

    cell: str
    revision: str
    after: str | None
    difference: CellChange


class Suggestion(msgspec.Struct):
    """What somebody would change in a document, and nobody has decided yet.

    It is a copy of the document, which its author edits in the room `room`; or, where `agent`
    is not empty, which the agent of that name edits on the author's behalf.
    """

    id: UUID
    path: str
    room: str
    author: PersonRef
    agent: str
    is_mine: bool
    may_accept: bool
    is_open: bool
    note: str
    created: datetime
    changes: list[SuggestedChange]


class NewSuggestion(msgspec.Struct, forbid_unknown_fields=True):
    """A suggestion to begin for a file; an open one of the same person goes on."""

    path: Path
    note: Note = ""


class Verdict(msgspec.Struct, forbid_unknown_fields=True):
    """The changes that are meant: the revision of each, by its cell.

    `anyway` takes what is suggested where others changed the same lines meanwhile.
    """

    changes: Changes
    anyway: bool = False


class Decided(msgspec.Struct):
    """A decision, by whose id it can be undone, and what is left to decide."""

    decision: UUID
    suggestion: Suggestion


class SuggestionEvent(Event, frozen=True):
    """Something happened to a suggestion; `agent` is empty where a person wrote it."""

    suggestion_id: UUID
    agent: str
    room: str
    by: UUID
    at: datetime


class SuggestionAccepted(SuggestionEvent, frozen=True):
    """Changes were brought into the document.

    `landed` says by a digest what each cell became, null where it was removed; nobody looked at
    them first where `is_automatic`.
    """

    decision_id: UUID
    landed: dict[str, str | None]
    is_automatic: bool


class SuggestionRejected(SuggestionEvent, frozen=True):
    """Changes were taken out of a suggestion."""

    decision_id: UUID
    cells: list[str]


class SuggestionUndecided(SuggestionEvent, frozen=True):
    """A decision was taken back; its changes wait again."""

    decision_id: UUID


class SuggestionWithdrawn(SuggestionEvent, frozen=True):
    """A suggestion was closed, with what was left to decide."""
