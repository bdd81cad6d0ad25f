"""What can be done with the past of a document: see it, compare, name moments, bring them back."""

from typing import Any
from uuid import UUID

from pycrdt import Doc

from jupyter_wove.accounts import Actor, Role
from jupyter_wove.collaboration.live import Live
from jupyter_wove.collaboration.past import CheckpointRow, PastStore, state_of
from jupyter_wove.collaboration.reconciliation import edited, reconcile
from jupyter_wove.collaboration.store import RoomStore
from jupyter_wove.collaboration.timeline.contents import (
    NOTEBOOK,
    content_in,
    content_of,
    with_cell,
    written,
)
from jupyter_wove.collaboration.timeline.models import (
    CheckpointChange,
    Moment,
    MomentToRestore,
    NewCheckpoint,
    Restored,
)
from jupyter_wove.collaboration.timeline.moments import Moments, named, page
from jupyter_wove.collaboration.timeline.places import Place, path_of_log, place_at
from jupyter_wove.kit.columns import new_id, now
from jupyter_wove.kit.contract import Raw
from jupyter_wove.kit.errors import Conflict, InvalidRequest, Unavailable
from jupyter_wove.kit.paging import Page, check_limit
from jupyter_wove.kit.units import Units
from jupyter_wove.projects import FileDiff, Projects, Versions, differences

NOW = "now"
MOST_CHECKPOINTS = 200
MEDIA = {NOTEBOOK: "application/x-ipynb+json"}


class Timeline:
    """The past of documents. Holds no transaction while it works with one that is open."""

    def __init__(self, units: Units, live: Live, projects: Projects, versions: Versions) -> None:
        self.units = units
        self.live = live
        self.projects = projects
        self.versions = versions

    def moments(
        self,
        actor: Actor,
        path: str,
        automatic: bool = False,
        after: str | None = None,
        limit: int = 50,
    ) -> Page[Moment]:
        """List who worked on a file when, with its versions and named moments, newest first.

        With `automatic`, also the versions that nobody saved.
        """
        check_limit(limit)
        place = self._place(actor, path, Role.VIEWER)
        with self.units.read() as unit:
            found = Moments(unit.session).of(place.log)
        if place.project:
            touching = self.versions.touching(actor, place.project, place.inner)
            found += [named(each) for each in touching if automatic or not each.automatic]
        return page(found, after, limit)

    def content(self, actor: Actor, path: str, moment: str) -> Raw:
        """Read a file as it was at a moment, or is now."""
        place = self._place(actor, path, Role.VIEWER)
        content = written(place.kind, self._content(actor, place, moment))
        name = place.path.rpartition("/")[2]
        return Raw(content, MEDIA.get(place.kind, "text/plain"), name)

    def diff(self, actor: Actor, path: str, base: str, head: str = NOW) -> FileDiff:
        """Compare a file at two moments: by cells for a notebook, by lines for text."""
        place = self._place(actor, path, Role.VIEWER)
        old, new = (
            written(place.kind, self._content(actor, place, moment)) for moment in (base, head)
        )
        return differences(place.path, old, new)

    def name(self, actor: Actor, body: NewCheckpoint) -> Moment:
        """Give a moment a name, under which it is kept for good."""
        place = self._place(actor, body.path, Role.EDITOR)
        moment = body.moment or NOW
        state = self._now(place) if moment == NOW else self._past(place, moment)
        row = _checkpoint(actor, place, self._epoch(place), state)
        with self.units.write() as unit:
            past = PastStore(unit.session)
            if past.count_checkpoints(place.log) >= MOST_CHECKPOINTS:
                raise Conflict(
                    f"This document has {MOST_CHECKPOINTS} named moments. Remove one first."
                )
            row.name = body.name
            if moment != NOW:
                row.at = Moments(unit.session).time(place.log, _position(moment))
            unit.session.add(row)
            unit.session.flush()
            return Moments(unit.session).checkpoints(place.log, row.id)[0]

    def rename(self, actor: Actor, checkpoint_id: UUID, body: CheckpointChange) -> Moment:
        """Give a named moment another name."""
        place = self._editable(actor, checkpoint_id)
        with self.units.write() as unit:
            PastStore(unit.session).checkpoint(checkpoint_id).name = body.name
            unit.session.flush()
            return Moments(unit.session).checkpoints(place.log, checkpoint_id)[0]

    def remove(self, actor: Actor, checkpoint_id: UUID) -> None:
        """Keep a moment no longer under its name."""
        self._editable(actor, checkpoint_id)
        with self.units.write() as unit:
            unit.session.delete(PastStore(unit.session).checkpoint(checkpoint_id))

    def restore(self, actor: Actor, body: MomentToRestore) -> Restored:
        """Bring a moment of a document, or one cell of it, back for all who have it open.

        What others type meanwhile stays.
        """
        place = self._place(actor, body.path, Role.EDITOR)
        wanted = self._content(actor, place, body.moment)
        state = self._now(place)
        if body.cell is not None:
            if place.kind != NOTEBOOK:
                raise InvalidRequest("cell: only a notebook has cells.")
            wanted = with_cell(content_of(place.kind, state), wanted, body.cell)
        update = edited(place.kind, state, wanted)
        return Restored(self._apply(actor, place, update) if update else None)

    def undo(self, actor: Actor, restoration_id: UUID) -> None:
        """Take a restoration back, as one more change; what was done since stays.

        Possible for a day.
        """
        place = self._editable(actor, restoration_id)
        with self.units.read() as unit:
            row = PastStore(unit.session).checkpoint(restoration_id)
            before, after = row.state, state_of([row.state, row.added or b"\0\0"])
            found = RoomStore(unit.session).look(place.log)
            if found is None or found.epoch != row.epoch:
                raise Conflict("The document began anew since. Restore a moment instead.")
        wanted = content_of(place.kind, before)
        back = reconcile(place.kind, self._now(place), after, wanted)
        if back.is_unrelated:
            raise Conflict("Others changed this document since. Restore a moment instead.")
        if back.update:
            self._apply(actor, place, back.update)

    # ------------------------------------------------------------------ the document

    def _place(self, actor: Actor, path: str, need: Role) -> Place:
        return place_at(self.live, self.projects, actor, path, need)

    def _editable(self, actor: Actor, checkpoint_id: UUID) -> Place:
        """Find the document of a moment that somebody named or restored."""
        with self.units.read() as unit:
            log = PastStore(unit.session).checkpoint(checkpoint_id).room
        return self._place(actor, path_of_log(self.live, log), Role.EDITOR)

    def _now(self, place: Place) -> bytes:
        return self.live.read(place.room, lambda doc: doc.get_update())

    def _apply(self, actor: Actor, place: Place, update: bytes) -> UUID:
        """Change the document; return what undoes it."""

        def change(doc: "Doc[Any]") -> bytes:
            before = doc.get_update()
            doc.apply_update(update)
            return before

        epoch = self._epoch(place)
        before = self.live.edit(place.room, change, str(actor.id))
        with self.units.write() as unit:
            row = _checkpoint(actor, place, epoch, before)
            row.added = update
            unit.session.add(row)
            return row.id

    def _epoch(self, place: Place) -> UUID:
        with self.units.read() as unit:
            room = RoomStore(unit.session).look(place.log)
        if room is None:
            raise Unavailable("What is typed on this server is kept by another store than Wove's.")
        return room.epoch

    # ------------------------------------------------------------------ its past

    def _content(self, actor: Actor, place: Place, moment: str) -> Any:
        """Read what a document said. Raises NotFound where that is not kept any more."""
        if moment == NOW:
            return content_of(place.kind, self._now(place))
        if moment.startswith("v") and place.project:
            raw = self.versions.file(actor, place.project, place.inner, moment[1:])
            pieces = [raw.content] if isinstance(raw.content, bytes) else raw.content
            return content_in(place.kind, b"".join(pieces))
        return content_of(place.kind, self._past(place, moment))

    def _past(self, place: Place, moment: str) -> bytes:
        with self.units.read() as unit:
            if moment.startswith("c"):
                return Moments(unit.session).checkpoint(place.log, moment[1:]).state
            return Moments(unit.session).state(place.log, _position(moment))


def _checkpoint(actor: Actor, place: Place, epoch: UUID, state: bytes) -> CheckpointRow:
    row = CheckpointRow(id=new_id(), room=place.log, person_id=actor.id, epoch=epoch)
    row.at, row.state = now(), state
    return row


def _position(moment: str) -> int:
    """Read the number of the last entry of a moment that has no name."""
    number = moment[1:]
    if moment[:1] != "e" or not number.isdecimal() or not number.isascii():
        raise InvalidRequest("moment: take it from the `id` of a moment.")
    if len(number) > 18:  # noqa: PLR2004 — digits of a number that a database holds
        raise InvalidRequest("moment: take it from the `id` of a moment.")
    return int(number)
