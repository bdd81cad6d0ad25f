"""Prompts, as others see them, and what can happen to them."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec

from jupyter_wove.accounts import PersonRef
from jupyter_wove.kit.events import Event
from jupyter_wove.projects import TextDiff
from jupyter_wove.prompts.exchange import FormatName
from jupyter_wove.prompts.format import Kind
from jupyter_wove.prompts.format.models import Name, OutputType
from jupyter_wove.prompts.numbering import Bump

File = Annotated[str, msgspec.Meta(min_length=1, max_length=256 * 1024)]
Note = Annotated[str, msgspec.Meta(max_length=2000)]
NumberText = Annotated[str, msgspec.Meta(max_length=24)]
Which = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
PromptRole = Literal["viewer", "editor", "owner"]
PromptVisibility = Literal["private", "public"]
PromptOrder = Literal["votes", "new"]


class PromptRef(msgspec.Struct, frozen=True):
    """A prompt, as named beside something else."""

    id: UUID
    owner: PersonRef
    name: str
    title: str


class PromptOrigin(msgspec.Struct, frozen=True):
    """What a prompt was forked from; `prompt` is null where it is gone or not shared.

    `said` names it as it was called then: its owner, its name and its version.
    """

    prompt: PromptRef | None
    said: str


class PromptCard(msgspec.Struct):
    """A prompt, as the person who asks may see it; what it says of itself is its newest version's.

    `role` is null for those whom it is not shared with. `votes` and `forks` count; `voted` says
    whether the person who asks voted for it.
    """

    id: UUID
    owner: PersonRef
    name: str
    title: str
    description: str
    kind: Kind
    output: OutputType
    license: str
    use_cases: list[str]
    stack: list[str]
    tags: list[str]
    number: str
    visibility: PromptVisibility
    role: PromptRole | None
    votes: int
    voted: bool
    forks: int
    origin: PromptOrigin | None
    created: datetime
    updated: datetime


class NewPrompt(msgspec.Struct, forbid_unknown_fields=True):
    """A prompt to add: its file, and who else sees it."""

    file: File
    visibility: PromptVisibility = "private"
    number: NumberText = "1.0.0"
    note: Note = ""


class PromptToImport(msgspec.Struct, forbid_unknown_fields=True):
    """A prompt of others; `name` is what it is called where its file does not say."""

    format: FormatName
    text: File
    name: Name | None = None
    visibility: PromptVisibility = "private"


class NewFork(msgspec.Struct, forbid_unknown_fields=True):
    """A fork to make, of a version; it keeps the name where that is free."""

    version: Which = "latest"
    name: Name | None = None


class Votes(msgspec.Struct):
    """How many people voted for a prompt, and whether the person who asks did."""

    votes: int
    voted: bool


class PromptNode(msgspec.Struct):
    """A prompt in a family of forks; `prompt` is null where it is gone or not shared."""

    prompt: PromptRef | None
    said: str
    at: datetime | None
    here: bool
    forks: list["PromptNode"]


class PromptLineage(msgspec.Struct):
    """The family of a prompt, from its oldest ancestor; `shortened` where it was too large."""

    root: PromptNode
    shortened: bool


class PromptVersion(msgspec.Struct):
    """A version of a prompt, which never changes; `labels` are those that mean it now."""

    number: str
    sha256: str
    author: PersonRef | None
    note: str
    labels: list[str]
    at: datetime


class Difference(msgspec.Struct, frozen=True):
    """Something that differs; null is where it is not there."""

    name: str
    before: Any
    after: Any


class PromptDiff(msgspec.Struct, frozen=True):
    """What differs between two versions: the text, what is taken, the settings.

    `bump` is the part of the number that counts up for it: `major` where those who use the prompt
    must do something, `minor` where answers may differ, `patch` for words about it.
    """

    base: str
    head: str
    body: TextDiff
    inputs: list[Difference]
    settings: list[Difference]
    bump: Bump


class PromptEvent(Event, frozen=True):
    """Something happened to a prompt."""

    prompt_id: UUID
    by: UUID


class PromptCreated(PromptEvent, frozen=True):
    """Somebody added a prompt."""


class PromptVersioned(PromptEvent, frozen=True):
    """A prompt has a new version."""

    number: str


class PromptPublished(PromptEvent, frozen=True):
    """Everybody sees a prompt."""


class PromptUnpublished(PromptEvent, frozen=True):
    """A prompt is private again."""


class PromptDeleted(PromptEvent, frozen=True):
    """A prompt is gone."""


class PromptForked(PromptEvent, frozen=True):
    """Somebody made a prompt of their own from another."""

    origin_id: UUID


class PromptVoted(PromptEvent, frozen=True):
    """Somebody voted for a prompt."""


class PromptUnvoted(PromptEvent, frozen=True):
    """Somebody took their vote back."""


class PromptLabelMoved(PromptEvent, frozen=True):
    """A label means another version; none where it was removed."""

    label: str
    number: str | None


class PromptShared(PromptEvent, frozen=True):
    """Somebody has another role in a prompt, or none."""

    person_id: UUID
    role: str | None


class PromptCommented(PromptEvent, frozen=True):
    """Somebody said something about a prompt."""

    comment_id: UUID


class PromptChangeProposed(PromptEvent, frozen=True):
    """Somebody proposed a change of a prompt."""

    change_id: UUID


class PromptChangeDecided(PromptEvent, frozen=True):
    """A proposed change was accepted, declined or withdrawn."""

    change_id: UUID
    state: str
