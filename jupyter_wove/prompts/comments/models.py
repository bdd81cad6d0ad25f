"""Comments on prompts, as others see them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from jupyter_wove.accounts import PersonRef


class PromptComment(msgspec.Struct):
    """What somebody said about a prompt, in Markdown."""

    id: UUID
    author: PersonRef
    is_mine: bool
    text: str
    created: datetime
    edited: datetime | None


class NewPromptComment(msgspec.Struct, forbid_unknown_fields=True):
    """What to say about a prompt, in Markdown."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=10_000, pattern=r"\S")]
