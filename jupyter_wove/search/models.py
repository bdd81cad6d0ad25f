"""What a search finds."""

from typing import Annotated, Literal

import msgspec

from jupyter_wove.projects import ProjectRef

Words = Annotated[str, msgspec.Meta(max_length=500)]
Where = Literal["all", "projects", "cells"]


class Fragment(msgspec.Struct, frozen=True):
    """A piece of text around what was found; `hit` pieces are the words themselves."""

    text: str
    hit: bool


class Hit(msgspec.Struct):
    """Something found: a project, a file in it, or a cell of a notebook.

    `path` is null for a project; `cell` (its position from 0) and `cell_id` for all but cells.
    """

    kind: Literal["project", "cell", "file"]
    project: ProjectRef
    path: str | None
    cell: int | None
    cell_id: str | None
    title: list[Fragment]
    snippet: list[Fragment]
