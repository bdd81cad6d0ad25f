"""What a search finds."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec

from jupyter_wove.accounts import PersonRef
from jupyter_wove.projects import ProjectRef

Words = Annotated[str, msgspec.Meta(max_length=500)]
Where = Literal["all", "projects", "cells", "files", "prompts", "people"]
Kind = Literal["project", "cell", "file", "prompt", "person"]
Field = Literal[
    "title", "tags", "owner", "description", "markdown", "source", "output", "folder", "pieces"
]
FacetName = Literal["lang", "lib", "uses", "dataset", "has", "user", "tag", "tech", "level"]
CompletionKind = Literal["qualifier", "value", "word"]


class Fragment(msgspec.Struct, frozen=True):
    """A piece of text around what was found; `hit` pieces are the words themselves."""

    text: str
    hit: bool


class PromptName(msgspec.Struct, frozen=True):
    """A prompt that was found."""

    id: UUID
    owner: PersonRef
    name: str
    title: str


class Why(msgspec.Struct):
    """Why something was found, and stands where it stands.

    `fields` have the words; `likes` are tags and tools of what the person who asks starred or
    remixed; `stars` are those of the project, which count a little.
    """

    fields: list[Field]
    words: list[str]
    likes: list[str]
    stars: int


class Hit(msgspec.Struct):
    """Something found: a project, a file in it, a cell of a notebook, a prompt or a person.

    Of `project`, `prompt` and `person` one is not null. `path` is null for all but files and
    cells; `cell` (its position from 0) and `cell_id` for all but cells. `remixes` counts other
    projects of the family that were found as well, of which this one is shown.
    """

    kind: Kind
    project: ProjectRef | None
    prompt: PromptName | None
    person: PersonRef | None
    path: str | None
    cell: int | None
    cell_id: str | None
    title: list[Fragment]
    snippet: list[Fragment]
    remixes: int
    why: Why


class FacetValue(msgspec.Struct):
    """A value by which results can be narrowed.

    `count` is how many of the results it holds of; `q` what to search for to see those, or, where
    it was `chosen`, to see the others again.
    """

    value: str
    count: int
    chosen: bool
    q: str


class Facet(msgspec.Struct):
    """A qualifier, and its values among the results, the most frequent first."""

    name: FacetName
    values: list[FacetValue]


class Meant(msgspec.Struct):
    """What was probably meant: as text, and to search for."""

    text: list[Fragment]
    q: str


class Answer(msgspec.Struct):
    """A page of what was found.

    `meant` is null unless a word of the question is nowhere, and another is much like it. `facets`
    are those that were asked for, with the first page.
    """

    items: list[Hit]
    next: str | None
    meant: Meant | None
    facets: list[Facet]


class Completion(msgspec.Struct):
    """How what was typed may go on: `q` is all of it then, with the cursor after `at` characters.

    `kind` says what `text` is: a qualifier, a value of one, or a word of a title; `count` of how
    many projects a value holds, null where that is not known.
    """

    kind: CompletionKind
    text: str
    count: int | None
    q: str
    at: int


class Completions(msgspec.Struct):
    """How what was typed may go on, likeliest first."""

    items: list[Completion]
