"""What is suggested, brought into a document that others have changed meanwhile, and back out."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from pycrdt import Doc

from jupyter_wove.collaboration.suggestions.content import (
    NEAR,
    TEXT,
    Clash,
    Content,
    Piece,
    Wish,
    before,
    fulfil,
    resolve,
    wishes,
)
from jupyter_wove.collaboration.suggestions.sheet import Sheet, sheet
from jupyter_wove.collaboration.suggestions.showing import revision
from jupyter_wove.kit.errors import Conflict, PreconditionFailed

CHANGED = "The suggestion has changed since you looked at it. Look again."


def chosen(base: Content, fork: Content, seen: dict[str, str]) -> list[Wish]:
    """Find the changes that somebody has seen; raises PreconditionFailed for one that is gone."""
    found = [wish for wish in wishes(base, fork) if wish.cell in seen]
    if {wish.cell: revision(wish) for wish in found} != seen:
        raise PreconditionFailed(CHANGED)
    return found


def take(room: str, doc: "Doc[Any]", wanted: Iterable[Wish], anyway: bool) -> list[Wish]:
    """Change a document as is wished; return the wishes that would undo it, first to last.

    Raises Conflict where others changed the same lines, unless they are to be taken `anyway`.
    """
    seen = sheet(room, doc)
    plan = [(wish, _becomes(wish, seen.look(wish.cell), anyway)) for wish in wanted]
    return [_done(seen, wish, becomes) for wish, becomes in plan][::-1]


def refused(room: str, doc: "Doc[Any]", base: Content, unwanted: Sequence[Wish]) -> list[Wish]:
    """Take changes out of a suggestion; return what would undo it. Raises PreconditionFailed."""
    seen = sheet(room, doc)
    if any(seen.look(wish.cell) != wish.wanted for wish in unwanted):
        raise PreconditionFailed(CHANGED)
    return take(room, doc, [_turned(wish, base) for wish in unwanted], True)


def proposed(room: str, doc: "Doc[Any]", now: Content, wanted: Iterable[Wish]) -> None:
    """Write into a suggestion what an agent wants, in place of what it wanted before.

    Each wish begins with the cell as the agent saw it. Raises Conflict where the document says
    something else by `now`, in the same lines.
    """
    seen = sheet(room, doc)
    plan = [
        (wish, _becomes(wish, now.get(wish.cell) or seen.look(wish.cell), False))
        for wish in wanted
    ]
    for wish, becomes in plan:
        _done(seen, wish, becomes)


def settled(base: Content, done: Iterable[Wish]) -> tuple[Content, list[Wish]]:
    """Count changes as part of the base; return it with the wishes that would undo that."""
    back: list[Wish] = []
    for wish in done:
        was, after = base.get(wish.cell), _near(base, wish.cell)
        back.append(Wish(wish.cell, None, was, after))
        base = fulfil(base, wish.cell, wish.wanted, wish.after)
    return base, back[::-1]


def unsettled(base: Content, back: Iterable[Wish]) -> Content:
    """Count changes as suggested again."""
    for wish in back:
        base = fulfil(base, wish.cell, wish.wanted, wish.after)
    return base


def caught_up(room: str, doc: "Doc[Any]", base: Content, now: Content) -> list[Wish]:
    """Take into a suggestion what others did to the document; return what could be taken in.

    A cell that both changed in the same lines stays as it is until somebody decides on it.
    """
    seen = sheet(room, doc)
    done: list[Wish] = []
    for wish in wishes(base, now):
        try:
            becomes = resolve(wish, seen.look(wish.cell), False)
        except Clash:
            continue
        _done(seen, wish, becomes)
        done.append(wish)
    return done


def _turned(wish: Wish, base: Content) -> Wish:
    stays = wish.wanted is not None and wish.after is None
    after = None if stays or wish.base is None else before(base, wish.cell)
    return Wish(wish.cell, wish.wanted, wish.base, after)


def _becomes(wish: Wish, now: Piece | None, anyway: bool) -> Piece | None:
    try:
        return resolve(wish, now, anyway)
    except Clash:
        raise Conflict(_clash(wish, now)) from None


def _clash(wish: Wish, now: Piece | None) -> str:
    if now is None:
        return "Somebody removed this cell meanwhile."
    if wish.wanted is None:
        return "Somebody changed this cell meanwhile, which is to be removed."
    what = "text" if wish.cell == TEXT else "cell"
    return f"Somebody changed the same lines of this {what} meanwhile."


def _done(seen: Sheet, wish: Wish, becomes: Piece | None) -> Wish:
    """Do what is wished; return the wish that would undo it."""
    after = seen.before(wish.cell)[:NEAR]
    was = seen.put(wish.cell, becomes, wish.after)
    stayed = was is not None and becomes is not None and wish.after is None
    return Wish(wish.cell, becomes, was, None if stayed else after)


def _near(content: Content, cell: str) -> list[str] | None:
    return before(content, cell)[:NEAR] if cell in content else None


class Back(msgspec.Struct, frozen=True):
    """What undoes a decision: in the document or in the suggestion, and in the base."""

    edits: Sequence[Wish]
    base: Sequence[Wish] = ()
