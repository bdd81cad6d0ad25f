"""What is asked of and told about what models are shown."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

import msgspec

from jupyter_wove.ai.context.gathering import InFront
from jupyter_wove.ai.context.models import Shown

Path = Annotated[str, msgspec.Meta(min_length=1, max_length=1024)]
PartId = Annotated[str, msgspec.Meta(min_length=1, max_length=1200)]
Parts = Annotated[list[PartId], msgspec.Meta(max_length=200)]
Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]

Eyes = Callable[[UUID, str, str | None], InFront | None]
"""Looks at a notebook and a cell for a person; None where they may not see it."""


class SightRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where somebody is, what they are about to ask, and what they want shown or left out."""

    notebook: Path
    cell: Annotated[str, msgspec.Meta(max_length=64)] | None = None
    text: Annotated[str, msgspec.Meta(max_length=20_000)] = ""
    model: Annotated[str, msgspec.Meta(max_length=64)] = ""  # the first there is, if empty
    pinned: Parts = []
    dropped: Parts = []


class RulesView(msgspec.Struct, frozen=True):
    """Rules of the project; models are told only those that one trusts."""

    path: str
    text: str
    digest: str
    trusted: bool


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What a model would be shown now: every part, and the very text.

    `price` is in US dollars, for these tokens and those of the question alone; null if unknown.
    """

    model: str
    tokens: int
    room: int  # tokens that there are for it
    price: Decimal | None
    parts: list[Shown]
    text: str
    rules: list[RulesView]


class TextToRead(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text that one thinks of sending to a model."""

    text: Annotated[str, msgspec.Meta(max_length=512 * 1024)]


class Estimate(msgspec.Struct, frozen=True, kw_only=True):
    """How many tokens a text has, by estimate, and what it costs to have a model read it.

    `price` is in US dollars, before any answer; null if nobody knows it.
    """

    model: str
    tokens: int
    fits: bool  # into what the model can read, with room for an answer
    price: Decimal | None


class Trust(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Rules that one has read, by the digest of their text."""

    digest: Digest


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What a model was shown, to the letter."""

    at: datetime
    model: str
    notebook: str
    tokens: int
    parts: list[Shown]
    text: str
