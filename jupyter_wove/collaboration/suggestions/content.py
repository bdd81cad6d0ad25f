"""What a document says, cell by cell, without what its cells put out."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any, Literal

import msgspec

from jupyter_wove.projects import CellType, Effort, merge_lines, rising

Json = dict[str, Any]

TEXT = "text"  # the one cell of a document that has no cells
PASSING = {"trusted", "execution"}  # metadata that is no work of the author's
NEAR = 5  # neighbours by which a place is found again


class Piece(msgspec.Struct, frozen=True):
    """A cell; with outputs only where it was taken out."""

    type: CellType
    source: str
    metadata: Json = msgspec.field(default_factory=dict)
    attachments: Json = msgspec.field(default_factory=dict)
    outputs: list[Any] = msgspec.field(default_factory=list)
    count: int | None = None  # of its last run, with the outputs


Content = dict[str, Piece]


class Wish(msgspec.Struct, frozen=True):
    """That a cell becomes another, or comes, or goes.

    `after` names the cells behind which it belongs, the nearest first; None lets it stay.
    """

    cell: str
    base: Piece | None
    wanted: Piece | None
    after: list[str] | None = None


class Clash(Exception):
    """Others changed the same lines."""


def wishes(base: Content, wanted: Content) -> Iterator[Wish]:
    """List what makes one content of another, in the order of the new one."""
    moved = set(_moved(base, wanted))
    for id_ in _in_order(base, wanted):
        was, becomes = base.get(id_), wanted.get(id_)
        if becomes is None:
            yield Wish(id_, was, None)
        elif was is None or id_ in moved:
            yield Wish(id_, was, becomes, before(wanted, id_))
        elif not is_same(was, becomes):
            yield Wish(id_, was, becomes)


def before(content: Iterable[str], id_: str) -> list[str]:
    """List the cells before one, the nearest first."""
    ids = list(content)
    return ids[: ids.index(id_)][::-1]


def is_same(one: Piece, other: Piece) -> bool:
    """Tell whether nothing of a cell was changed that somebody made."""
    return _work(one) == _work(other)


def digest_of(piece: Piece | None) -> str | None:
    """Name what a cell says, so that one can see later whether it still does; None for none."""
    return None if piece is None else sha256(piece.source.encode()).hexdigest()


def resolve(wish: Wish, now: Piece | None, anyway: bool) -> Piece | None:
    """Find what a cell becomes where it may have been changed meanwhile. Raises Clash."""
    if wish.wanted is None:
        gone = now is None or (wish.base is not None and is_same(now, wish.base))
        return _unless(gone or anyway, None)
    if now is None:
        return _unless(wish.base is None or anyway, wish.wanted)
    if wish.base is None:
        return _unless(anyway or now.source == wish.wanted.source, wish.wanted)
    return _merged(wish.base, now, wish.wanted, anyway)


def fulfil(content: Content, cell: str, becomes: Piece | None, after: list[str] | None) -> Content:
    """Say what a content is with one cell another one."""
    if becomes is None:
        return {id_: piece for id_, piece in content.items() if id_ != cell}
    if cell in content and after is None:
        return content | {cell: becomes}
    ids = [id_ for id_ in content if id_ != cell]
    ids.insert(place(ids, after or []), cell)
    return {id_: becomes if id_ == cell else content[id_] for id_ in ids}


def place(ids: list[str], after: list[str]) -> int:
    """Find the place behind the first of some cells that is there; the first place for none."""
    return next((ids.index(id_) + 1 for id_ in after if id_ in ids), 0)


def _unless(is_fine: bool, piece: Piece | None) -> Piece | None:
    if not is_fine:
        raise Clash
    return piece


def _merged(base: Piece, ours: Piece, theirs: Piece, anyway: bool) -> Piece:
    winner: Literal[1] | None = 1 if anyway else None
    source = merge_lines(base.source, ours.source, theirs.source, Effort(), winner)
    if source is None:
        raise Clash
    return Piece(
        theirs.type if ours.type == base.type else ours.type,
        source,
        _picked(base.metadata, ours.metadata, theirs.metadata),
        _picked(base.attachments, ours.attachments, theirs.attachments),
    )


def _picked(base: Json, ours: Json, theirs: Json) -> Json:
    """Take over the keys that `theirs` changed."""
    keys = dict.fromkeys([*ours, *theirs])
    sides = {key: ours if theirs.get(key) == base.get(key) else theirs for key in keys}
    return {key: side[key] for key, side in sides.items() if key in side}


def _work(piece: Piece) -> tuple[str, str, Json, Json]:
    metadata = {key: value for key, value in piece.metadata.items() if key not in PASSING}
    return piece.type, piece.source, metadata, piece.attachments


def _moved(base: Content, wanted: Content) -> Iterator[str]:
    ids = [id_ for id_ in wanted if id_ in base]
    places = {id_: at for at, id_ in enumerate(base)}
    staying = set(rising([places[id_] for id_ in ids]))
    return (id_ for at, id_ in enumerate(ids) if at not in staying)


def _in_order(base: Content, wanted: Content) -> list[str]:
    ids = list(wanted)
    for id_ in base:
        if id_ not in wanted:
            ids.insert(place(ids, before(base, id_)), id_)
    return ids
