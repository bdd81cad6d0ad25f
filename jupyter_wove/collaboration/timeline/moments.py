"""The moments of one document, from all that is kept of it."""

from collections.abc import Collection
from datetime import datetime
from itertools import chain
from typing import cast, get_args
from uuid import UUID

from sqlalchemy.orm import Session

from jupyter_wove.accounts import AccountStore, PersonRef, PersonRow
from jupyter_wove.collaboration.past import (
    CheckpointRow,
    PastRow,
    PastStore,
    state_of,
    stretches,
)
from jupyter_wove.collaboration.past.store import NO_MOMENT
from jupyter_wove.collaboration.store import RoomStore
from jupyter_wove.collaboration.timeline.models import Moment, Nobody
from jupyter_wove.collaboration.timeline.sittings import Sitting, sittings
from jupyter_wove.kit.errors import InvalidRequest, NotFound
from jupyter_wove.kit.paging import Page
from jupyter_wove.projects import Version

People = dict[str, PersonRow]


class Moments:
    """Reads the moments of documents, in one transaction."""

    def __init__(self, session: Session) -> None:
        self.past = PastStore(session)
        self.rooms = RoomStore(session)
        self.accounts = AccountStore(session)

    def of(self, log: str) -> list[Moment]:
        """List who worked on a document when, and the moments that were named."""
        rows = list(reversed(self.past.rows(log)))
        kept = [(row, row.authors) for row in rows if not row.is_start]
        open_ = [(part, part.authors) for part in stretches(self.rooms.log(log))]
        found = sittings(chain(kept, open_))
        people = self._people([id_ for each in found for id_ in each.authors])
        starts = [_start(row) for row in rows if row.is_start]
        return [*(_edits(each, people) for each in found), *starts, *self.checkpoints(log)]

    def checkpoints(self, log: str, only: UUID | None = None) -> list[Moment]:
        """List the moments that people named."""
        rows = [row for row in self.past.checkpoints(log) if only in {None, row.id}]
        people = self._people([str(row.person_id) for row in rows])
        return [_checkpoint(row, people) for row in rows]

    def checkpoint(self, log: str, id_: str) -> CheckpointRow:
        """Find a named moment of a document by what stands in its id. Raises NotFound."""
        try:
            row = self.past.checkpoint(UUID(id_))
        except ValueError as error:
            raise InvalidRequest("moment: take it from the `id` of a moment.") from error
        if row.room != log:
            raise NotFound(NO_MOMENT)
        return row

    def state(self, log: str, position: int) -> bytes:
        """Read what a document held after an entry. Raises NotFound."""
        state = self.past.state(log, position)
        if state is not None:
            return state
        row, entries = self.rooms.look(log), self.rooms.log(log)
        end = next((entry.id for entry in entries if entry.id >= position), None)
        if row is None or end is None:
            raise NotFound(NO_MOMENT)
        updates = [entry.content for entry in entries if entry.id <= end]
        return state_of([row.state, *updates] if row.state else updates)

    def time(self, log: str, position: int) -> datetime:
        """Tell when an entry was made. Raises NotFound."""
        rows = ((row.last, row.ended) for row in reversed(self.past.rows(log)))
        entries = ((entry.id, entry.at) for entry in self.rooms.log(log))
        for number, at in chain(rows, entries):
            if number >= position:
                return at
        raise NotFound(NO_MOMENT)

    def _people(self, ids: Collection[str]) -> People:
        wanted = {found for id_ in ids if (found := _uuid(id_))}
        return {str(id_): row for id_, row in self.accounts.people(wanted).items()}


def named(version: Version) -> Moment:
    """See a version of a project as a moment of one of its files."""
    return Moment(
        id=f"v{version.id}",
        kind="version",
        began=version.at,
        at=version.at,
        people=[version.author] if version.author else [],
        others=[],
        name=version.name,
        number=version.number,
        message=version.message,
        automatic=version.automatic,
    )


def page(found: list[Moment], after: str | None, limit: int) -> Page[Moment]:
    """Take the newest moments, or those that follow where a page ended."""
    found.sort(key=_key, reverse=True)
    if after is not None:
        end = _read(after)
        found = [each for each in found if _key(each) < end]
    last = found[limit - 1] if len(found) > limit else None
    return Page(found[:limit], f"{last.at.isoformat()} {last.id}" if last else None)


def _key(moment: Moment) -> tuple[datetime, str]:
    return moment.at, moment.id


def _read(after: str) -> tuple[datetime, str]:
    at, _, id_ = after.partition(" ")
    try:
        found = datetime.fromisoformat(at)
    except ValueError:
        found = datetime.min  # refused with those that have no zone
    if found.tzinfo is None:
        raise InvalidRequest("after: take it from `next` of the page before.")
    return found, id_


def _edits(sitting: Sitting, people: People) -> Moment:
    refs, others = _who(sitting.authors, people)
    return Moment(
        id=f"e{sitting.last}",
        kind="edits",
        began=sitting.began,
        at=sitting.ended,
        people=refs,
        others=others,
    )


def _start(row: PastRow) -> Moment:
    id_ = f"e{row.last}"
    return Moment(id=id_, kind="start", began=row.began, at=row.ended, people=[], others=[])


def _checkpoint(row: CheckpointRow, people: People) -> Moment:
    refs, others = _who([str(row.person_id)], people)
    return Moment(
        id=f"c{row.id}",
        kind="checkpoint",
        began=row.at,
        at=row.at,
        people=refs,
        others=others,
        name=row.name,
    )


def _who(ids: Collection[str], people: People) -> tuple[list[PersonRef], list[Nobody]]:
    """Name people, and what else changes documents, each once."""
    refs = [PersonRef(row.handle, row.name) for id_ in sorted(ids) if (row := people.get(id_))]
    others = {_nobody(id_) for id_ in ids if id_ not in people}
    return refs, sorted(others)


def _nobody(id_: str) -> Nobody:
    return cast("Nobody", id_) if id_ in get_args(Nobody) else "unknown"


def _uuid(id_: str) -> UUID | None:
    try:
        return UUID(id_)
    except ValueError:
        return None
