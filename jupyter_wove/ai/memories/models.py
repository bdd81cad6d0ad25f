"""What is asked of and told about what agents remember."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from jupyter_wove.accounts import PersonRef

Sentence = Annotated[str, msgspec.Meta(min_length=1, max_length=500, pattern=r"\S")]


class Source(msgspec.Struct, frozen=True):
    """Where something comes from: which agent, asked in which chat, about which notebook."""

    agent: str = ""
    chat: str = ""
    notebook: str = ""


class Memory(msgspec.Struct):
    """One thing that agents are told whenever they work for a project, or for a person.

    `project_id` is null for what is remembered of oneself; `by` is who wrote it, or allowed it.
    """

    id: UUID
    project_id: UUID | None
    text: str
    by: PersonRef | None
    source: Source
    created: datetime
    changed: datetime


class NewMemory(msgspec.Struct, forbid_unknown_fields=True):
    """What agents are to remember of a project, or of oneself where none is named."""

    text: Sentence
    project_id: UUID | None = None


class MemoryText(msgspec.Struct, forbid_unknown_fields=True):
    """What it is to say from now on."""

    text: Sentence
