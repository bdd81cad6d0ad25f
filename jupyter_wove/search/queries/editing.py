"""Changing one piece of what was typed, and leaving the others as they are."""

from jupyter_wove.search.queries.pieces import Piece, pieces
from jupyter_wove.search.queries.qualifiers import written
from jupyter_wove.search.queries.question import Choice, Filter


def typed_at(text: str, at: int) -> tuple[int, int]:
    """Tell from where to where the piece goes in which, or at whose end, a cursor stands."""
    at = max(0, min(at, len(text)))
    around = (each for each in pieces(text) if each.start < at <= each.end)
    return next(((each.start, each.end) for each in around), (at, at))


def replaced(text: str, span: tuple[int, int], piece: str) -> tuple[str, int]:
    """Put a piece in the place of what stands there; return where the cursor is then."""
    before, after = text[: span[0]], text[span[1] :].lstrip()
    return f"{before}{piece} {after}" if after else f"{before}{piece}", len(before + piece)


def chosen(text: str, name: Choice, value: str) -> Piece | None:
    """Find the piece that asks for this value and no other of a qualifier."""
    wanted = Filter(name, (value,))
    return next((each for each in pieces(text) if _same(each.what, wanted)), None)


def toggled(text: str, name: Choice, value: str) -> str:
    """Ask for a value too, or where it was asked for, not any more."""
    piece = chosen(text, name, value)
    if piece is None:
        return _added(text, written(Filter(name, (value,))), name, value)
    before, after = text[: piece.start].rstrip(), text[piece.end :].lstrip()
    return f"{before} {after}".strip()


def _added(text: str, piece: str, name: Choice, value: str) -> str:
    """Put a piece at the end, or before all else where the end is within quotes."""
    longer = f"{text.rstrip()} {piece}".lstrip()
    return longer if chosen(longer, name, value) else f"{piece} {text}"


def _same(what: object, wanted: Filter) -> bool:
    if not isinstance(what, Filter) or (what.name, what.no) != (wanted.name, wanted.no):
        return False
    return [each.lower() for each in what.values] == [each.lower() for each in wanted.values]
