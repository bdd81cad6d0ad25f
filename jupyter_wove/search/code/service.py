"""What can be looked for in code: texts and patterns, line by line."""

import base64
import binascii
from collections.abc import Iterator
from contextlib import nullcontext
from itertools import islice
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec.structs import replace

from jupyter_wove.accounts import Actor
from jupyter_wove.kit.errors import InvalidRequest
from jupyter_wove.kit.paging import check_limit, cursor
from jupyter_wove.kit.turns import asking
from jupyter_wove.kit.units import Units
from jupyter_wove.projects import ProjectRef
from jupyter_wove.search.code.asking import read
from jupyter_wove.search.code.models import FileHit, FilePage
from jupyter_wove.search.code.snippets import snippets
from jupyter_wove.search.engines import PUBLIC, principal
from jupyter_wove.search.engines.code import CodeEngine, FoundFile, Place, Sought
from jupyter_wove.search.patterns import Moment, Patience
from jupyter_wove.search.store import SearchStore

MOST_ROUNDS = 10  # of asking for more where the index names what is not seen any more
MOST_LIKE, MOST_MEANT = 5, 3  # names that are tried for one, and that are suggested
# Seconds for finding files; showing them takes a little more. The first page comes after 0.1 at a
# processor with what was found by then; where somebody goes on, it is 0.3, or one for two at once.
FIRST, LONGEST = 0.1, 0.3
PATIENCE = Patience(LONGEST, 1.0, 2)
Text = Annotated[str, msgspec.Meta(max_length=1000)]
Number = Annotated[int, msgspec.Meta(ge=-(2**62), le=2**62)]


class CodeSearch:
    """Finds lines in the files and cells that the person who asks may see."""

    def __init__(self, units: Units, engine: CodeEngine) -> None:
        self.units = units
        self.engine = engine

    @asking()
    def find(
        self,
        actor: Actor,
        q: Text = "",
        regex: bool = False,
        case: bool = False,
        after: str | None = None,
        limit: int = 50,
        remixes: bool = False,
    ) -> FilePage:
        """Find files that hold all of these words, texts in quotes and patterns between slashes.

        With `regex`, all of `q` is one pattern in the syntax of RE2; with `case`, capitals count.
        What defines the name comes first, then what has the words as a whole name; of these and
        the rest, what is new. The first page comes soon, and need not be full. A file that a
        project shares with its remixes is listed once, unless all `remixes` are asked for.
        """
        check_limit(limit)
        asked, place = read(q, regex=regex, case=case), _place(after) if after else None
        if asked.wish is None:
            return FilePage([], None, False, [])
        by, meant = (PUBLIC, principal(actor.id)), list[str]()
        with PATIENCE.budget() if place else nullcontext(Moment(FIRST, LONGEST)) as budget:
            sought = Sought(
                asked.wish, by, budget, asked.name, asked.narrowed, place, limit, remixes
            )
            hits, following = self._hits(actor, sought)
            if not (hits or following or place):
                meant = list(islice(self._meant(actor, q, asked.words, sought), MOST_MEANT))
        return FilePage(hits, cursor(following) if following else None, budget.left_out, meant)

    def _hits(self, actor: Actor, sought: Sought) -> tuple[list[FileHit], Place | None]:
        """Find files until there are enough, skipping what is not seen any more."""
        hits: list[FileHit] = []
        place, limit = sought.after, sought.limit
        for _ in range(MOST_ROUNDS):
            files = self.engine.find(replace(sought, after=place, limit=limit - len(hits)))
            hits += self._seen(actor, files.found)
            place = files.next
            if place is None or len(hits) == limit or sought.budget.is_over():
                break
        return hits, place

    def _meant(self, actor: Actor, q: str, words: list[str], sought: Sought) -> Iterator[str]:
        """Guess what was meant: the same with a name that is there, for the one who asks."""
        for word in filter(str.isidentifier, words):
            for name in self.engine.names_like(word, MOST_LIKE):
                meant = q.replace(word, name, 1)
                wish = read(meant, regex=False, case=False).wish
                if sought.budget.is_over() or wish is None:
                    return
                if self._hits(actor, replace(sought, wish=wish, name=name, limit=1))[0]:
                    yield meant

    def _seen(self, actor: Actor, found: list[FoundFile]) -> list[FileHit]:
        with self.units.read() as unit:
            store = SearchStore(unit.session)
            seen = store.seen(actor, found)
            names = store.names(seen).projects
        return [_hit(each, names[UUID(each.project)]) for each in seen]


def _hit(found: FoundFile, project: ProjectRef) -> FileHit:
    lines, matches = found.selection
    shown = snippets(found.body, lines)
    return FileHit(project, found.path, shown, matches, not found.body.whole)


def _place(after: str) -> Place:
    try:
        text = base64.b64decode(after + "=" * (-len(after) % 4), altchars=b"-_", validate=True)
        return Place(*msgspec.json.decode(text, type=tuple[bool, Number, Number, Number, Number]))
    except (msgspec.MsgspecError, binascii.Error, ValueError) as error:
        raise InvalidRequest("after: take it from `next` of the page before.") from error
