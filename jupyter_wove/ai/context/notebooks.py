"""Parts of a notebook that help to answer what somebody asks at one of its cells."""

from typing import Any

import msgspec

from jupyter_wove.ai.context.models import Item, Kind
from jupyter_wove.ai.context.outputs import output_of, problem_of
from jupyter_wove.ai.context.secrets import without_secrets
from jupyter_wove.ai.context.shortening import shortened
from jupyter_wove.ai.context.slices import slice_of

FOCUS, PROBLEM, BUILT_ON, NEAR, OUTPUT, REST = range(6)  # ranks
NEAR_BY = 5  # cells above and below
LONGEST_HEADING = 120  # characters
MOST_OF_OUTLINE = 300  # tokens


class Seen(msgspec.Struct, frozen=True):
    """A cell as it stands in the document."""

    id: str
    type: str
    source: str
    outputs: list[dict[str, Any]] = []
    count: int | None = None
    metadata: dict[str, Any] = {}
    attachments: dict[str, Any] = {}


def notebook_items(path: str, cells: list[Seen], focus: str | None) -> list[Item]:
    """List what may be shown of a notebook, for somebody who is at the cell with this id."""
    place = next((number for number, cell in enumerate(cells) if cell.id == focus), None)
    ranks = _ranks(cells, place)
    items = [_outline(path, cells)] if cells else []
    for number, cell in enumerate(cells):
        if cell.source.strip():
            items.append(_cell(number, cell, ranks[number]))
        items += _outputs(number, cell, ranks[number])
    return items


def said_of(cell: Seen) -> str:
    """Write a cell with what it put out, as far as an output may be long."""
    put_out = outputs_of(cell.outputs)
    source = without_secrets(cell.source)
    return f"{source}\n\nIt put out:\n{put_out}" if put_out else source


def outputs_of(outputs: list[dict[str, Any]]) -> str:
    """Write what a cell put out, and the error that it ended with."""
    return without_secrets("\n".join(filter(None, [output_of(outputs), problem_of(outputs)])))


def _ranks(cells: list[Seen], place: int | None) -> list[int]:
    if place is None:
        return [NEAR] * len(cells)
    sources = [cell.source if cell.type == "code" else "" for cell in cells]
    built_on = set(slice_of(sources, place))
    ranks = [
        BUILT_ON if number in built_on else NEAR if abs(number - place) <= NEAR_BY else REST
        for number in range(len(cells))
    ]
    ranks[place] = FOCUS
    return ranks


def _cell(number: int, cell: Seen, rank: int) -> Item:
    is_focus = rank == FOCUS
    return Item(
        id=cell.id,
        kind=Kind.FOCUS if is_focus else Kind.CELL,
        name=_name(number, cell, is_focus=is_focus),
        text=without_secrets(cell.source),
        rank=rank,
        place=number,
        is_needed=is_focus,
    )


def _name(number: int, cell: Seen, *, is_focus: bool) -> str:
    run = (
        ""
        if cell.type != "code"
        else ", not run"
        if cell.count is None
        else f", In [{cell.count}]"
    )
    here = ", where the person is" if is_focus else ""
    return f"Cell {number + 1} ({cell.type}{run}{here})"


def _outputs(number: int, cell: Seen, rank: int) -> list[Item]:
    found = [
        (Kind.OUTPUT, f"Output of cell {number + 1}", output_of(cell.outputs)),
        (Kind.PROBLEM, f"Error of cell {number + 1}", problem_of(cell.outputs)),
    ]
    return [
        Item(
            id=f"{cell.id}:{kind}",
            kind=kind,
            name=name,
            text=without_secrets(text),
            rank=_rank_of(kind, rank),
            place=number,
            is_needed=kind is Kind.PROBLEM and rank == FOCUS,
        )
        for kind, name, text in found
        if text
    ]


def _rank_of(kind: Kind, rank: int) -> int:
    if kind is Kind.PROBLEM:
        return min(rank + 1, NEAR)
    return OUTPUT if rank <= NEAR else REST + 1


def _outline(path: str, cells: list[Seen]) -> Item:
    headings = [
        f"cell {number + 1}: {line.strip()[:LONGEST_HEADING]}"
        for number, cell in enumerate(cells)
        if cell.type == "markdown"
        for line in cell.source.splitlines()
        if line.startswith("#")
    ]
    text = shortened("\n".join([f"{len(cells)} cells", *headings]), MOST_OF_OUTLINE)
    name = f"Notebook {path}"
    return Item(id="outline", kind=Kind.OUTLINE, name=name, text=text, rank=BUILT_ON, place=-1)
