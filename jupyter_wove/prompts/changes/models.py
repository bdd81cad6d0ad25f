"""Proposed changes, as others see them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from jupyter_wove.accounts import PersonRef
from jupyter_wove.prompts.models import File, Note, NumberText, PromptDiff

ChangeState = Literal["open", "accepted", "declined", "withdrawn"]


class ChangeRequest(msgspec.Struct):
    """A change of a prompt that somebody proposes; `number` is the version it became."""

    id: UUID
    author: PersonRef
    is_mine: bool
    base: str
    note: str
    state: ChangeState
    created: datetime
    decided: datetime | None
    decided_by: PersonRef | None
    reason: str
    number: str | None


class ProposedChange(msgspec.Struct):
    """A proposed change with its file, and how that differs from the version it is for."""

    request: ChangeRequest
    file: str
    diff: PromptDiff


class NewChangeRequest(msgspec.Struct, forbid_unknown_fields=True):
    """A file to propose instead of a version."""

    file: File
    base: NumberText
    note: Note = ""


class ChangeAcceptance(msgspec.Struct, forbid_unknown_fields=True):
    """How to accept a change: under a number of one's own, or that which fits what differs."""

    number: NumberText | None = None


class ChangeRefusal(msgspec.Struct, forbid_unknown_fields=True):
    """Why a change is not taken."""

    reason: Note = ""
