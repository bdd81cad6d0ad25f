"""A suggestion as people see it: what differs, cell by cell."""

import hashlib

import msgspec

from jupyter_wove.collaboration.suggestions.content import Content, Piece, Wish, wishes
from jupyter_wove.collaboration.suggestions.models import SuggestedChange
from jupyter_wove.projects import Cell, CellChange, Notebook, diff_notebooks


def changes(base: Content, fork: Content) -> list[SuggestedChange]:
    """List what a suggestion changes of its base."""
    places, old_places = _places(fork), _places(base)
    return [
        SuggestedChange(
            wish.cell,
            revision(wish),
            next((id_ for id_ in wish.after or [] if id_ in base), None),
            _difference(wish, old_places.get(wish.cell), places.get(wish.cell)),
        )
        for wish in wishes(base, fork)
    ]


def revision(wish: Wish) -> str:
    """Name what is suggested for a cell, so that who decides can say what they saw."""
    seen = msgspec.json.encode([wish.base, wish.wanted, (wish.after or [])[:1]], order="sorted")
    return hashlib.sha256(seen).hexdigest()[:16]


def revision_of_all(base: Content, fork: Content) -> str:
    """Name all that is suggested."""
    return hashlib.sha256("".join(map(revision, wishes(base, fork))).encode()).hexdigest()


def _places(content: Content) -> dict[str, int]:
    return {id_: at for at, id_ in enumerate(content)}


def _difference(wish: Wish, old: int | None, new: int | None) -> CellChange:
    was, becomes = (_alone(wish.cell, piece) for piece in (wish.base, wish.wanted))
    (found,) = diff_notebooks(was, becomes).cells
    moved = None not in {old, new} and wish.after is not None
    kind = "moved" if moved and found.kind == "same" else found.kind
    return msgspec.structs.replace(found, kind=kind, moved=moved, old_index=old, new_index=new)


def _alone(id_: str, piece: Piece | None) -> Notebook:
    if piece is None:
        return Notebook([], {})
    cell = Cell(id_, piece.type, piece.source, [], None, piece.metadata, piece.attachments)
    return Notebook([cell], {})
