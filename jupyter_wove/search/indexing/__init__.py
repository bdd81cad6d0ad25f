"""Keeps the indices equal to the truth, whatever order the news comes in."""

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from jupyter_wove.accounts import PersonChanged, PersonJoined, Visibility
from jupyter_wove.community import ProjectStarred, ProjectUnstarred
from jupyter_wove.kit.errors import NotFound, WoveError
from jupyter_wove.kit.units import Units
from jupyter_wove.projects import (
    MemberChanged,
    ProjectChanged,
    ProjectChecked,
    ProjectCreated,
    ProjectDeleted,
    ProjectPublished,
    ProjectPurged,
    ProjectRemixed,
    ProjectRow,
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
)
from jupyter_wove.search.indexing.contents import Contents
from jupyter_wove.search.indexing.truths import Thing, Truth, Truths
from jupyter_wove.search.tables import PROMPT

Tell = Callable[[int, int], None]  # how many projects are done, of how many

log = logging.getLogger(__name__)

if TYPE_CHECKING:
    from jupyter_wove.projects import Repository


def _nobody(done: int, total: int) -> None:
    """Tell nobody."""


def _nothing() -> None:
    """Leave it at that."""


class Indexer:
    """Writes projects into indices; doing it twice, or too late, does no harm."""

    events = (
        MemberChanged,
        PersonChanged,
        PersonJoined,
        ProjectChanged,
        ProjectChecked,
        ProjectCreated,
        ProjectDeleted,
        ProjectPublished,
        ProjectPurged,
        ProjectRemixed,
        ProjectStarred,
        ProjectUndeleted,
        ProjectUnpublished,
        ProjectUnstarred,
        VersionRestored,
        VersionSaved,
        WorkSaved,
    )

    def __init__(self, units: Units, workspaces: Workspaces, indices: Sequence[Index]) -> None:
        self.units = units
        self.workspaces = workspaces
        self.indices = indices
        self.then: Callable[[], object] = _nothing  # once the indices are right

    def index(self, event: Any) -> None:
        """Make the indices right about what one of `events`, or one of a prompt's, is about."""
        for id_ in self._about(event):
            self.index_project(id_)
        self.then()

    def index_project(self, project_id: UUID) -> None:
        """Make the indices right about one project, prompt or person, as it is now."""
        for index in self.indices:
            self._make_right(index, project_id)

    def check(self) -> set[UUID]:
        """Find the projects about which an index is not right, without reading their files."""
        true = self._projects() | self._others()
        return set().union(*(_wrong(index, true) for index in self.indices))

    def mend(self, tell: Tell = _nobody) -> int:
        """Make the indices right where they are not; return about how many projects it was."""
        mended = max(self._mend(index, tell) for index in self.indices)
        self.then()
        return mended

    def rebuild(self, tell: Tell = _nobody) -> int:
        """Write all anew, beside what is in use; return how many projects there are."""
        rebuilt = max(self._rebuild(index, tell) for index in self.indices)
        self.then()
        return rebuilt

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
        others = self._others()
        try:
            wrong = _wrong(index, self._projects() | others)
        except Damaged:
            return self._rebuild(index, tell)
        for done, project_id in enumerate(wrong):
            tell(done, len(wrong))
            self._make_right(index, project_id)
        return len(wrong - others.keys())

    def _rebuild(self, index: Index, tell: Tell) -> int:
        many = 0

        def fill(fresh: Successor) -> None:
            nonlocal many
            projects = self._projects()  # now, for what is told later has it take over later
            todo, many = {*projects, *self._others()}, len(projects)
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

    def _projects(self) -> dict[UUID, int]:
        with self.units.read() as unit:
            return Truths(unit.session).revisions_of_projects()

    def _others(self) -> dict[UUID, int]:
        with self.units.read() as unit:
            return Truths(unit.session).revisions_of_others()

    def _index(self, writer: Writer, project_id: UUID) -> None:
        ticket = writer.begin(project_id)
        with self.units.read() as unit:
            truth = Truths(unit.session).truth(project_id)
        if isinstance(truth, Thing):
            writer.settle(ticket, truth.keep(writer, ticket))
        else:
            writer.settle(ticket, self._state(writer, ticket, truth) if truth else None)

    def _state(self, writer: Writer, ticket: Ticket, truth: Truth) -> State:
        """Keep what is new in a project, and tell what is to be found of it."""
        public, work, complete = self._contents(truth)
        shown = [each for each in (public, work) if each]
        kept = writer.parts(ticket)
        for contents in shown:
            # The page last: it has the facts of what is read for the others.
            for part in sorted(contents.parts - kept, reverse=True):
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
            facts=truth.facts,
            family=truth.family,
            stars=truth.stars,
            remixes=truth.remixes,
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

    def _about(self, event: Any) -> list[UUID]:
        """Name what an event changes: of a person, all that says who owns it, too."""
        if isinstance(event, PersonChanged | PersonJoined):
            return [event.person_id, *self._owned(event.person_id)]
        if isinstance(event, ProjectRemixed):
            return [event.origin_id]
        return [event.prompt_id if hasattr(event, "prompt_id") else event.project_id]

    def _owned(self, person_id: UUID) -> list[UUID]:
        projects = select(ProjectRow.id).where(ProjectRow.owner_id == person_id)
        prompts = select(PROMPT.c.id).where(PROMPT.c.owner_id == person_id)
        with self.units.read() as unit:
            return [*unit.session.scalars(projects), *unit.session.scalars(prompts)]


def _wrong(index: Index, true: dict[UUID, int]) -> set[UUID]:
    indexed = index.revisions()
    return {id_ for id_ in true.keys() | indexed if true.get(id_) != indexed.get(id_)}


def _newest(repository: "Repository") -> str | None:
    try:
        return repository.newest()
    except NotFound:
        return None
