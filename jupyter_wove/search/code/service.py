"""What can be looked for in code: texts and patterns, line by line."""

import base64
import binascii
from typing import Annotated

import msgspec

from jupyter_wove.accounts import Actor
from jupyter_wove.kit.errors import InvalidRequest
from jupyter_wove.kit.paging import check_limit, cursor
from jupyter_wove.kit.units import Units
from jupyter_wove.search.code.asking import read
from jupyter_wove.search.code.models import FileHit, FilePage
from jupyter_wove.search.code.snippets import snippets
from jupyter_wove.search.engines import PUBLIC, principal
from jupyter_wove.search.engines.code import CodeEngine, FoundFile, Place, Sought
from jupyter_wove.search.patterns import Budget
from jupyter_wove.search.sight import Sight

MOST_ROUNDS = 10  # of asking for more where the index names what is not seen any more
PATIENCE = 1.2  # seconds for finding files; showing them takes a little more
Text = Annotated[str, msgspec.Meta(max_length=1000)]
Number = Annotated[int, msgspec.Meta(ge=-(2**62), le=2**62)]


class CodeSearch:
    """Finds lines in the files and cells that the person who asks may see."""

    def __init__(self, units: Units, engine: CodeEngine) -> None:
        self.units = units
        self.engine = engine

    def find(
        self,
        actor: Actor,
        q: Text = "",
        regex: bool = False,
        case: bool = False,
        after: str | None = None,
        limit: int = 50,
    ) -> FilePage:
        """Find files that hold all of these words, texts in quotes and patterns between slashes.

        With `regex`, all of `q` is one pattern in the syntax of RE2; with `case`, capitals count.
        What is new comes first, but behind what has the words as a whole name.
        """
        check_limit(limit)
        asked = read(q, regex=regex, case=case)
        place = _place(after) if after else None
        if asked.wish is None:
            return FilePage([], None, False, [])
        principals, budget = (PUBLIC, principal(actor.id)), Budget(PATIENCE)
        hits: list[FileHit] = []
        for _ in range(MOST_ROUNDS):
            room = limit - len(hits)
            sought = Sought(asked.wish, principals, budget, asked.narrowed, place, room)
            files = self.engine.find(sought)
            hits += self._seen(actor, files.found)
            place = files.next
            if place is None or len(hits) == limit or budget.is_over():
                break
        return FilePage(hits, cursor(place) if place else None, budget.left_out, [])

    def _seen(self, actor: Actor, found: list[FoundFile]) -> list[FileHit]:
        sight = Sight(self.units, actor, (each.project for each in found))
        return [_hit(each, sight) for each in found if sight.shows(each)]


def _hit(found: FoundFile, sight: Sight) -> FileHit:
    lines, matches = found.selection
    shown = snippets(found.body, lines)
    return FileHit(sight.ref(found.project), found.path, shown, matches, not found.body.whole)


def _place(after: str) -> Place:
    try:
        text = base64.b64decode(after + "=" * (-len(after) % 4), altchars=b"-_", validate=True)
        return Place(*msgspec.json.decode(text, type=tuple[Number, Number, Number, Number]))
    except (msgspec.MsgspecError, binascii.Error, ValueError) as error:
        raise InvalidRequest("after: take it from `next` of the page before.") from error
