"""What can be searched for: projects, and what stands in their notebooks and files."""

import base64
import binascii
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from jupyter_wove.accounts import AccountStore, Actor, PersonRef, PersonRow, Visibility
from jupyter_wove.kit.errors import InvalidRequest
from jupyter_wove.kit.paging import LARGEST, Page, cursor
from jupyter_wove.kit.units import Units
from jupyter_wove.projects import ProjectRef, ProjectRow, ProjectStore
from jupyter_wove.search.engines import PUBLIC, Found, KeywordEngine, Position, Wanted, principal
from jupyter_wove.search.models import Fragment, Hit, Where, Words
from jupyter_wove.search.queries import Question, parse, whole

MOST_ROUNDS = (
    10  # of asking for more where the index is behind and names what is not seen any more
)

Stage = Literal["whole", "every", "any"]
STAGES: tuple[Stage, ...] = ("whole", "every", "any")
Number = Annotated[int, msgspec.Meta(ge=-(2**62), le=2**62)]


class Search:
    """Finds what the person who asks may see."""

    def __init__(self, units: Units, engine: KeywordEngine) -> None:
        self.units = units
        self.engine = engine

    def find(
        self,
        actor: Actor,
        q: Words = "",
        where: Where = "all",
        after: str | None = None,
        limit: int = 20,
    ) -> Page[Hit]:
        """Search for words, a "phrase" or -without; the last word may be unfinished.

        Whole words are tried first, then beginnings of the last one where that does not fill a
        page; what has only some of the words is found where nothing has all of them.
        """
        if not 1 <= limit <= LARGEST:
            raise InvalidRequest(f"limit: ask for 1 to {LARGEST} items.")
        question, page = parse(q), Page[Hit]([], None)
        if after:
            stage, position = _read(after)
            return self._page(actor, question, stage, where, position, limit)
        for stage in STAGES if question != whole(question) else STAGES[1:]:
            page = self._page(actor, question, stage, where, None, limit)
            if page.next or (page.items and stage != "whole"):
                break
        return page

    def _page(
        self,
        actor: Actor,
        question: Question,
        stage: Stage,
        where: Where,
        position: Position | None,
        limit: int,
    ) -> Page[Hit]:
        if not question.terms:
            return Page([], None)
        hits: list[Hit] = []
        asked = whole(question) if stage == "whole" else question
        principals = (PUBLIC, principal(actor.id))
        for _ in range(MOST_ROUNDS):
            room = limit - len(hits)
            wanted = Wanted(asked, stage != "any", where, principals, position, room + 1)
            found = self.engine.find(wanted)
            hits += self._seen(actor, found[:room])
            if len(found) <= room:
                return Page(hits, None)
            position = found[room - 1].position
            if len(hits) == limit:
                break
        return Page(hits, cursor([stage, *(position or ())]))

    def _seen(self, actor: Actor, found: list[Found]) -> list[Hit]:
        """Show what the actor may see now, whatever the index still believes."""
        ids = {each.project for each in found}
        with self.units.read() as unit:
            store = ProjectStore(unit.session)
            rows, works = store.seen(actor, ids), store.roles(actor.id, ids)
            people = AccountStore(unit.session).people(row.owner_id for row in rows.values())
        shown = [each for each in found if _is_open(each, rows, works)]
        return [_hit(each, row := rows[each.project], people[row.owner_id]) for each in shown]


def _is_open(found: Found, rows: dict[UUID, ProjectRow], works: dict[UUID, str]) -> bool:
    """Tell whether this is the actor's own work, or part of what is published now."""
    row = rows.get(found.project)
    if row is None or found.project in works:
        return row is not None
    listed = row.visibility == Visibility.PUBLIC and row.published_version is not None
    return listed and found.public and found.version == row.published_version


def _hit(found: Found, row: ProjectRow, owner: PersonRow) -> Hit:
    is_page = found.kind == "project"
    # The page may have been changed for a reason: never show what it said before.
    is_old = is_page and found.revision != row.revision
    return Hit(
        kind=found.kind,
        project=ProjectRef(row.id, PersonRef(owner.handle, owner.name), row.slug, row.title),
        path=None if is_page else found.path,
        cell=found.cell,
        cell_id=found.cell_id,
        title=[Fragment(row.title, False)] if is_old else found.title,
        snippet=[] if is_old else found.snippet,
    )


def _read(after: str) -> tuple[Stage, Position]:
    try:
        text = base64.b64decode(after + "=" * (-len(after) % 4), altchars=b"-_", validate=True)
        stage, score, id_ = msgspec.json.decode(text, type=tuple[Stage, float, Number])
    except (msgspec.MsgspecError, binascii.Error, ValueError) as error:
        raise InvalidRequest("after: take it from `next` of the page before.") from error
    return stage, Position(score, id_)
