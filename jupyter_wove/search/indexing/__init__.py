"""Keeps the indices equal to the projects, whatever order the news comes in."""

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec
from sqlalchemy import select

from jupyter_wove.accounts import PersonChanged, Visibility
from jupyter_wove.accounts import PersonRow as Person
from jupyter_wove.kit.errors import NotFound, WoveError
from jupyter_wove.kit.units import Units
from jupyter_wove.projects import (
    MemberChanged,
    ProjectChanged,
    ProjectCreated,
    ProjectDeleted,
    ProjectPublished,
    ProjectPurged,
    ProjectRow,
    ProjectStore,
    ProjectUndeleted,
    ProjectUnpublished,
    VersionRestored,
    VersionSaved,
    WorkSaved,
    Workspaces,
)
from jupyter_wove.search.engines import (
    Damaged,
    Index,
    Moved,
    Overtaken,
    State,
    Successor,
    Ticket,
    Writer,
    principal,
)
from jupyter_wove.search.indexing.contents import Contents, Page, page

Tell = Callable[[int, int], None]  # how many projects are done, of how many

log = logging.getLogger(__name__)

if TYPE_CHECKING:
    from jupyter_wove.projects import Repository


def _nobody(done: int, total: int) -> None:
    """Tell nobody."""


class Truth(msgspec.Struct):
    """What the database says about a project."""

    row: ProjectRow
    page: Page
    members: frozenset[str]


class Indexer:
    """Writes projects into indices; doing it twice, or too late, does no harm."""

    events = (
        MemberChanged,
        PersonChanged,
        ProjectChanged,
        ProjectCreated,
        ProjectDeleted,
        ProjectPublished,
        ProjectPurged,
        ProjectUndeleted,
        ProjectUnpublished,
        VersionRestored,
        VersionSaved,
        WorkSaved,
    )

    def __init__(self, units: Units, workspaces: Workspaces, indices: Sequence[Index]) -> None:
        self.units = units
        self.workspaces = workspaces
        self.indices = indices

    def index(self, event: Any) -> None:
        """Make the indices right about the projects that one of `events` is about."""
        if isinstance(event, PersonChanged):
            for project_id in self._owned(event.person_id):
                self.index_project(project_id)
        else:
            self.index_project(event.project_id)

    def index_project(self, project_id: UUID) -> None:
        """Make the indices right about one project, as it is now."""
        for index in self.indices:
            self._make_right(index, project_id)

    def check(self) -> set[UUID]:
        """Find the projects about which an index is not right, without reading their files."""
        true = self._revisions()
        return set().union(*(_wrong(index, true) for index in self.indices))

    def mend(self, tell: Tell = _nobody) -> int:
        """Make the indices right where they are not; return about how many projects it was."""
        return max(self._mend(index, tell) for index in self.indices)

    def rebuild(self, tell: Tell = _nobody) -> int:
        """Write all anew, beside what is in use; return how many projects there are."""
        return max(self._rebuild(index, tell) for index in self.indices)

    def is_new(self) -> bool:
        """Tell whether an index is still to be filled."""
        return any(index.is_new() for index in self.indices)

    def drop_old(self) -> None:
        """Remove what is of no use any more."""
        for index in self.indices:
            index.drop_old()

    def close(self) -> None:
        """Let go of the indices."""
        for index in self.indices:
            index.close()

    def _make_right(self, index: Index, project_id: UUID) -> None:
        while True:
            try:
                return self._index(index, project_id)
            except Overtaken:
                return None  # who began later knows better
            except Moved:
                continue

    def _mend(self, index: Index, tell: Tell) -> int:
        try:
            wrong = _wrong(index, self._revisions())
        except Damaged:
            return self._rebuild(index, tell)
        for done, project_id in enumerate(wrong):
            tell(done, len(wrong))
            self._make_right(index, project_id)
        return len(wrong)

    def _rebuild(self, index: Index, tell: Tell) -> int:
        many = 0

        def fill(fresh: Successor) -> None:
            nonlocal many
            todo = self._ids()  # now, for only what is told from now on makes it take over later
            many = len(todo)
            while todo:
                for done, project_id in enumerate(todo):
                    tell(done, len(todo))
                    self._index(fresh, project_id)
                todo = fresh.take_over()

        try:
            index.rebuild(fill)
        except Moved:
            log.info("Another process rebuilt the search index meanwhile.")
        return many

    def _ids(self) -> set[UUID]:
        with self.units.read() as unit:
            return set(unit.session.scalars(select(ProjectRow.id)))

    def _revisions(self) -> dict[UUID, int]:
        alive = select(ProjectRow.id, ProjectRow.revision).where(ProjectRow.deleted.is_(None))
        with self.units.read() as unit:
            return {row.id: row.revision for row in unit.session.execute(alive)}

    def _index(self, writer: Writer, project_id: UUID) -> None:
        ticket = writer.begin(project_id)
        truth = self._truth(project_id)
        writer.settle(ticket, self._state(writer, ticket, truth) if truth else None)

    def _truth(self, project_id: UUID) -> Truth | None:
        """Read a project; None where nothing of it may be found."""
        with self.units.read() as unit:
            row = unit.session.get(ProjectRow, project_id)
            if row is None or row.deleted:
                return None
            store = ProjectStore(unit.session)
            owner = unit.session.get_one(Person, row.owner_id)
            members = {principal(each.person_id) for each, _ in store.members(project_id)}
            tags = store.tags([project_id]).get(project_id, [])
            return Truth(row, page(row, owner, tags), frozenset(members))

    def _state(self, writer: Writer, ticket: Ticket, truth: Truth) -> State:
        """Keep what is new in a project, and tell what is to be found of it."""
        public, work, complete = self._contents(truth)
        shown = [each for each in (public, work) if each]
        kept = writer.parts(ticket)
        for contents in shown:
            for part in contents.parts - kept:
                writer.add(ticket, part, contents.documents(part))
            kept |= contents.parts
        row, nothing = truth.row, frozenset[Any]()
        return State(
            revision=row.revision,
            version=row.published_version,
            members=truth.members,
            public=public.parts if public else nothing,
            work=work.parts,
            complete=complete,
        )

    def _contents(self, truth: Truth) -> tuple[Contents | None, Contents, bool]:
        """Take apart what was published and what is worked on; only the page, if they are gone."""
        row = truth.row
        published = row.published_version if row.visibility == Visibility.PUBLIC else None
        bare = Contents(truth.page, None, None)
        try:
            repository = self.workspaces.repository(row)
            public = Contents(truth.page, repository, published) if published else None
            return public, Contents(truth.page, repository, _newest(repository)), True
        except WoveError as error:
            log.warning("Project %s is found only by its page: %s", row.id, error)
            return (bare if published else None), bare, False

    def _owned(self, person_id: UUID) -> list[UUID]:
        with self.units.read() as unit:
            owned = select(ProjectRow.id).where(ProjectRow.owner_id == person_id)
            return list(unit.session.scalars(owned))


def _wrong(index: Index, true: dict[UUID, int]) -> set[UUID]:
    indexed = index.revisions()
    return {id_ for id_ in true.keys() | indexed if true.get(id_) != indexed.get(id_)}


def _newest(repository: "Repository") -> str | None:
    try:
        return repository.newest()
    except NotFound:
        return None
