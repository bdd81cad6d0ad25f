"""People and keys, as others see them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from jupyter_wove.kit.events import Event

Line = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
Paragraph = Annotated[str, msgspec.Meta(max_length=2000)]


class Actor(msgspec.Struct, frozen=True):
    """Who is asking, and what they may ask for."""

    id: UUID
    handle: str
    name: str
    scopes: frozenset[str]
    via: Literal["local", "session", "key"]


class PersonRef(msgspec.Struct, frozen=True):
    """A person, as named beside what they made."""

    handle: str
    name: str


class Person(msgspec.Struct):
    """A person, as their page shows them."""

    handle: str
    name: str
    bio: str
    joined: datetime


class Me(msgspec.Struct):
    """The person who asks, with what this way of asking allows."""

    handle: str
    name: str
    bio: str
    joined: datetime
    scopes: list[str]
    via: str


class PersonChange(msgspec.Struct, forbid_unknown_fields=True):
    """What a person may change of themselves; what is left out stays."""

    name: Line | msgspec.UnsetType = msgspec.UNSET
    bio: Paragraph | msgspec.UnsetType = msgspec.UNSET


class Key(msgspec.Struct):
    """An API key, without its secret."""

    id: str
    name: str
    scopes: list[str]
    created: datetime
    expires: datetime
    last_used: datetime | None


class NewKey(msgspec.Struct, forbid_unknown_fields=True):
    """An API key to make; it expires in 1 to 365 days."""

    name: Line
    scopes: Annotated[list[str], msgspec.Meta(min_length=1, max_length=20)]
    days: Annotated[int, msgspec.Meta(ge=1, le=365)] = 90


class CreatedKey(msgspec.Struct):
    """A new API key; `secret` is shown this once and never again."""

    key: Key
    secret: str


class PersonJoined(Event, frozen=True):
    """Somebody came for the first time."""

    person_id: UUID


class PersonChanged(Event, frozen=True):
    """A person changed how they are shown."""

    person_id: UUID


class KeyCreated(Event, frozen=True):
    """A person made an API key."""

    key_id: str
    by: UUID


class KeyRevoked(Event, frozen=True):
    """A person took an API key back."""

    key_id: str
    by: UUID
