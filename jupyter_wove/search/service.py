"""What can be searched for: projects and what stands in them, prompts and people."""

import base64
import binascii
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, get_args
from uuid import UUID

import msgspec

from jupyter_wove.accounts import Action, Actor
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.errors import InvalidRequest, Unavailable
from jupyter_wove.kit.paging import LARGEST, Page, cursor
from jupyter_wove.kit.turns import asking
from jupyter_wove.kit.units import Units
from jupyter_wove.projects import ProjectStore
from jupyter_wove.search.completing import Typed
from jupyter_wove.search.engines import PUBLIC, Found, KeywordEngine, Wanted, principal
from jupyter_wove.search.finding import (
    Candidates,
    Drawing,
    Fusing,
    Stage,
    candidates,
    corrected,
    facets_of,
    suggestion,
)
from jupyter_wove.search.meaning import Meaning
from jupyter_wove.search.models import (
    Answer,
    Completions,
    Facet,
    FacetName,
    Hit,
    Meant,
    Where,
    Words,
)
from jupyter_wove.search.queries import Question, parse
from jupyter_wove.search.ranking import Key, Ranked, Weights, gain, liked_of, ranked, tastes
from jupyter_wove.search.store import SearchStore

FACETS: tuple[FacetName, ...] = get_args(FacetName)
ONESELF = "me"
MOST_AT_ONCE = 1_000_000  # characters before a cursor
MOST_COUNTED = 1_000  # of the best, by what they can be narrowed

Number = Annotated[int, msgspec.Meta(ge=-(2**62), le=2**62)]
Cursor = Annotated[int, msgspec.Meta(ge=0, le=MOST_AT_ONCE)]
log = logging.getLogger(__name__)

Few = Annotated[int, msgspec.Meta(ge=1, le=50)]
FacetNames = Annotated[str, msgspec.Meta(max_length=100)]


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Where a page ended, and by which clock and at which stage it was found."""

    stage: Stage
    at: datetime
    score: float
    is_remix: bool
    number: Number

    @property
    def key(self) -> Key:
        """Tell by what results were ordered."""
        return (self.score, self.is_remix, self.number)


class Search:
    """Finds what the person who asks may see."""

    def __init__(
        self, units: Units, engine: KeywordEngine, meaning: Meaning | None = None
    ) -> None:
        self.units = units
        self.engine = engine
        self.meaning = meaning

    @asking()
    def find(
        self,
        actor: Actor,
        q: Words = "",
        where: Where = "all",
        after: str | None = None,
        limit: int = 20,
        facets: FacetNames = "",
        personal: bool = True,
        remixes: bool = False,
    ) -> Answer:
        """Search for words, a "phrase", -without and qualifiers; the last word may be unfinished.

        Whole words are tried first, then beginnings of the last one where that does not fill a
        page; what has only some of the words is found where nothing has all of them, and what
        means much the same where there is a model for that. Of a project and its remixes only the
        best is listed, unless all `remixes` are asked for. `facets` names some, with commas, and
        tells what the best thousand have. What one likes stands a little higher if it may be
        `personal`.
        """
        if not 1 <= limit <= LARGEST:
            raise InvalidRequest(f"limit: ask for 1 to {LARGEST} items.")
        names, place = _facets(facets), _read(after) if after else None
        question = _of_oneself(parse(q), actor)
        if not question.asks:
            return Answer([], None, None, [])
        wanted = Wanted(question, (PUBLIC, principal(actor.id)), where=where)
        return _Finding(self, actor, wanted, place, personal=personal).answer(
            q, names, limit, every_remix=remixes
        )

    def similar_projects(
        self, actor: Actor, project_id: UUID, limit: Few = 6, remixes: bool = False
    ) -> Page[Hit]:
        """List projects that mean much the same; those of the same family with `remixes` only."""
        with self.units.read() as unit:
            ProjectStore(unit.session).allowed(actor, project_id, Action.SEE)
        return self._similar(actor, project_id, "projects", limit, remixes=remixes)

    def similar_prompts(self, actor: Actor, prompt_id: UUID, limit: Few = 6) -> Page[Hit]:
        """List prompts that mean much the same."""
        with self.units.read() as unit:
            SearchStore(unit.session).demand_prompt(actor, prompt_id)
        return self._similar(actor, prompt_id, "prompts", limit)

    def _similar(
        self, actor: Actor, id_: UUID, where: Where, limit: int, *, remixes: bool = False
    ) -> Page[Hit]:
        """Draw what is alike; nothing where there is no model for that."""
        if self.meaning is None:
            return Page([], None)
        wanted = Wanted(Question(), (PUBLIC, principal(actor.id)), where=where)
        finding = _Finding(self, actor, wanted, None, personal=False)
        return Page(finding.alike(self.meaning, id_, limit, remixes=remixes), None)

    @asking()
    def completions(self, actor: Actor, q: Words = "", at: Cursor = MOST_AT_ONCE) -> Completions:
        """List how what was typed may go on at the cursor, `at` so many characters."""
        return Typed(self.engine, (PUBLIC, principal(actor.id)), q, at).completions()


class _Finding:
    """One search, as it goes on."""

    def __init__(
        self, search: Search, actor: Actor, wanted: Wanted, place: Place | None, *, personal: bool
    ) -> None:
        self.units = search.units
        self.engine = search.engine
        self.meaning = search.meaning
        self.actor = actor
        self.wanted = wanted
        self.place = place
        self.personal = personal
        self.at = place.at if place else now()
        self.taste: Weights = {}
        self.traits: dict[str, set[str]] = {}

    def answer(
        self, typed: str, names: Sequence[FacetName], limit: int, *, every_remix: bool
    ) -> Answer:
        """Find a page; with the first one, tell how to narrow it and what was meant."""
        stage = self.place.stage if self.place else None
        found = candidates(self.engine, self.wanted, self._seen, limit, stage)
        every_kind = self.wanted.where == "all"
        both = self._both(typed, found)
        order = ranked(both, self._gains, every_kind=every_kind, every_remix=every_remix)
        hits, following = self._page(found, order, limit)
        if self.place:
            return Answer(hits, following, None, [])
        meant = self._meant(typed, found)
        return Answer(hits, following, meant, self._facets(typed, names, order))

    def alike(self, meaning: Meaning, id_: UUID, limit: int, *, remixes: bool) -> list[Hit]:
        """Draw what is like something, but for itself, the likest first."""
        found = Fusing(self.engine, meaning, self._seen).alike(id_, self.wanted, remixes=remixes)
        order = ranked(found, lambda best: {}, every_kind=False, every_remix=remixes)
        return self._drawn(self.wanted, order[:limit])

    def _both(self, typed: str, found: Candidates) -> list[Found]:
        """Add what means the same; where the model cannot be asked, words are all there is."""
        if self.meaning is None:
            return found.found
        try:
            return Fusing(self.engine, self.meaning, self._seen).fused(typed, self.wanted, found)
        except Unavailable as error:
            log.warning("Searched by words alone: %s", error)
            return found.found

    def _page(
        self, found: Candidates, order: Sequence[Ranked], limit: int
    ) -> tuple[list[Hit], str | None]:
        """Draw as many as are asked for, skipping what has gone since it was found."""
        rest = [each for each in order if self.place is None or each.key > self.place.key]
        hits: list[Hit] = []
        while rest and len(hits) < limit:
            taken, rest = rest[: limit - len(hits)], rest[limit - len(hits) :]
            hits += self._drawn(found.wanted, taken)
            last = taken[-1].key
        return hits, cursor([found.stage, self.at, *last]) if rest else None

    def _drawn(self, wanted: Wanted, taken: Sequence[Ranked]) -> list[Hit]:
        shown = self.engine.show(wanted, [each.found.id for each in taken])
        with self.units.read() as unit:
            names = SearchStore(unit.session).names([each.found for each in taken])
        likes = {id_: liked_of(self.taste, traits) for id_, traits in self.traits.items()}
        return Drawing(names, shown, likes).hits(taken)

    def _seen(self, found: Sequence[Found]) -> list[Found]:
        with self.units.read() as unit:
            return SearchStore(unit.session).seen(self.actor, found)

    def _gains(self, best: Sequence[Found]) -> dict[str, float]:
        """Tell by which share the best are better for the one who asks."""
        if not (self.personal and best):
            return {}
        with self.units.read() as unit:
            store = SearchStore(unit.session)
            liked = list(store.liked(self.actor.id))
            if not liked:
                return {}
            ids = {UUID(each.project) for each in best if each.sort == "project"}
            traits = store.traits(ids | {each.project for each in liked})
        of_liked = [(each.at, traits.get(each.project, set())) for each in liked]
        self.taste = tastes(of_liked, self.at)
        self.traits = {str(id_): traits.get(id_, set()) for id_ in ids}
        return {id_: gain(self.taste, each) for id_, each in self.traits.items()}

    def _meant(self, typed: str, found: Candidates) -> Meant | None:
        """Guess what was meant where nothing has all of the words."""
        if found.found and found.stage != "any":
            return None
        words = corrected(self.wanted.question)
        meant = self.engine.corrections(self.wanted.principals, words)
        return suggestion(typed, meant) if meant else None

    def _facets(
        self, typed: str, names: Sequence[FacetName], order: Sequence[Ranked]
    ) -> list[Facet]:
        if not names:
            return []
        ids = [each.found.id for each in order[:MOST_COUNTED]]
        return facets_of(typed, names, self.engine.facets(self.wanted.principals, ids, names))


def _of_oneself(question: Question, actor: Actor) -> Question:
    """Read `user:me` as oneself."""
    filters = [
        msgspec.structs.replace(
            each, values=tuple(actor.handle if v == ONESELF else v for v in each.values)
        )
        if each.name == "user"
        else each
        for each in question.filters
    ]
    return msgspec.structs.replace(question, filters=tuple(filters))


def _facets(names: str) -> list[FacetName]:
    asked = [each.strip() for each in names.split(",") if each.strip()]
    if unknown := set(asked) - set(FACETS):
        known = ", ".join(FACETS)
        raise InvalidRequest(f"facets: there is no {', '.join(sorted(unknown))}, only {known}.")
    return [each for each in FACETS if each in asked]


def _read(after: str) -> Place:
    try:
        text = base64.b64decode(after + "=" * (-len(after) % 4), altchars=b"-_", validate=True)
        return msgspec.json.decode(text, type=Place)
    except (msgspec.MsgspecError, binascii.Error, ValueError) as error:
        raise InvalidRequest("after: take it from `next` of the page before.") from error
