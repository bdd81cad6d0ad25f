"""What a search in code finds."""

import msgspec

from jupyter_wove.projects import ProjectRef
from jupyter_wove.search.engines.bodies import Section
from jupyter_wove.search.models import Fragment


class Snippet(msgspec.Struct):
    """Lines of a file, or of a cell of a notebook, of which at least one matches.

    `cell` (its position from 0) and `cell_id` are null for what is no notebook, whose section is
    `text`. `line` is the number of the first of `lines`, from 1, in the file or in the section of
    the cell: what matches is a `hit`.
    """

    section: Section
    cell: int | None
    cell_id: str | None
    line: int
    lines: list[list[Fragment]]


class FileHit(msgspec.Struct):
    """A file with lines that match.

    `matches` counts these lines, up to a hundred. Where the file is longer than what is searched,
    it is `cut`.
    """

    project: ProjectRef
    path: str
    snippets: list[Snippet]
    matches: int
    cut: bool


class FilePage(msgspec.Struct):
    """Some files; `next` is what to ask with as `after` for those that follow, null at the end.

    Where not all could be looked at in time, the page is `approximate`: `next` goes on from there.
    Where nothing has a name that was asked for, `suggestions` say what to ask instead.
    """

    items: list[FileHit]
    next: str | None
    approximate: bool
    suggestions: list[str]
