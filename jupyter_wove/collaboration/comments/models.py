"""Comments, as others see them, and what can happen to them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from jupyter_wove.accounts import PersonRef
from jupyter_wove.kit.events import Event
from jupyter_wove.projects import CellType, RoleName

Words = Annotated[str, msgspec.Meta(min_length=1, max_length=10_000, pattern=r"\S")]
Quoted = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
Around = Annotated[str, msgspec.Meta(max_length=64)]
CellId = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]


class Quote(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """Words of a cell or a text file that somebody means.

    `start` counts characters (Unicode code points) from the beginning of the cell or the file.
    `before` and `after` are what stands around the words, up to 64 characters each.
    """

    text: Quoted
    start: Annotated[int, msgspec.Meta(ge=0, le=2**31)]
    before: Around = ""
    after: Around = ""


class Mark(msgspec.Struct, frozen=True):
    """A cell as it was when somebody meant it: `source` begins so, and is `length` long.

    `others` are cells that looked like it already then, so that none of them is taken for it.
    """

    id: str
    type: CellType
    source: str
    length: int
    others: list[str]


class Anchor(msgspec.Struct, frozen=True):
    """What a thread is about: words of a cell, a cell, words of a text file, or all of it."""

    cell: Mark | None
    quote: Quote | None


class Found(msgspec.Struct, frozen=True):
    """Where an anchor is now: `start` and `end` count characters of the cell or the file.

    `cell` is null where it is gone, and in a text file; `start` and `end` where no words are
    meant, or none can be told. What is "outdated" is kept with its quote.
    """

    sure: Literal["certain", "likely", "outdated"]
    cell: str | None
    start: int | None
    end: int | None


class Author(msgspec.Struct, frozen=True):
    """Who wrote a message."""

    id: UUID
    handle: str
    name: str


class Message(msgspec.Struct, frozen=True):
    """What somebody said, in Markdown; `mentions` are handles of people that it calls."""

    id: UUID
    author: Author
    text: str
    created: datetime
    edited: datetime | None
    mentions: list[str]


class Resolution(msgspec.Struct, frozen=True):
    """That somebody found a thread settled."""

    by: PersonRef
    at: datetime


class Thread(msgspec.Struct, frozen=True):
    """What people say about one place of a document, oldest first."""

    id: UUID
    anchor: Anchor
    created: datetime
    resolved: Resolution | None
    messages: list[Message]


class Located(msgspec.Struct, frozen=True):
    """A thread, and where in the document it belongs now."""

    thread: Thread
    found: Found


class Discussion(msgspec.Struct, frozen=True):
    """All threads about a document, oldest first.

    `room` is the live document that holds them; `role` what the person who asks may do: read as
    a viewer, comment as a commenter, delete what others said as an editor or owner.
    """

    room: str
    role: RoleName
    threads: list[Located]


class NewThread(msgspec.Struct, forbid_unknown_fields=True):
    """A first message about a cell, words of it, words of a text file, or the whole document."""

    text: Words
    cell: CellId | None = None
    quote: Quote | None = None


class NewMessage(msgspec.Struct, forbid_unknown_fields=True):
    """What to say, in Markdown."""

    text: Words


class CommentMentioned(Event, frozen=True):
    """Somebody called a person in a comment; `project_id` is null outside of any project."""

    project_id: UUID | None
    path: str
    thread_id: UUID
    message_id: UUID
    person_id: UUID
    by: UUID
