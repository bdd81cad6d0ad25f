"""What can be done with projects: create, adopt, change, delete, bring back."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, select

from jupyter_wove.accounts import Action, Actor, Role
from jupyter_wove.kit.columns import new_id, now
from jupyter_wove.kit.contract import IfMatch
from jupyter_wove.kit.database import take_turn
from jupyter_wove.kit.errors import Conflict, InvalidRequest, NotFound, PreconditionFailed
from jupyter_wove.kit.events import Event
from jupyter_wove.kit.paging import Page, keyset
from jupyter_wove.kit.paths import safe_name
from jupyter_wove.kit.units import Unit, Units
from jupyter_wove.projects.detection import facts_of
from jupyter_wove.projects.models import (
    NewProject,
    Project,
    ProjectChange,
    ProjectChanged,
    ProjectCreated,
    ProjectDeleted,
    ProjectRemixed,
    ProjectUndeleted,
    TemplateInfo,
)
from jupyter_wove.projects.signing import author
from jupyter_wove.projects.store import ProjectStore, works_on
from jupyter_wove.projects.tables import OriginRow, ProjectRow
from jupyter_wove.projects.templates import scaffold, templates
from jupyter_wove.projects.trust.store import TrustStore
from jupyter_wove.projects.upkeep import folders_above
from jupyter_wove.projects.views import ProjectViews
from jupyter_wove.projects.workspaces import Workspaces


class Projects:
    """Projects of the person who asks, and those they may see."""

    def __init__(self, units: Units, workspaces: Workspaces) -> None:
        self.units = units
        self.workspaces = workspaces

    def mine(
        self, actor: Actor, deleted: bool = False, after: str | None = None, limit: int = 50
    ) -> Page[Project]:
        """List the projects one works on, last changed first; or those in the bin."""
        state = ProjectRow.deleted.is_not(None) if deleted else ProjectRow.deleted.is_(None)
        statement = select(ProjectRow).where(state, works_on(actor.id))
        order: list[ColumnElement[Any]] = [ProjectRow.updated.desc(), ProjectRow.id.desc()]
        with self.units.read() as unit:
            page = keyset(unit.session, statement, order, after, limit)
            return Page(self._views(unit, actor).all(page.items), page.next)

    def get(self, actor: Actor, project_id: UUID) -> Project:
        """Read a project that one works on, or that was published."""
        with self.units.read() as unit:
            row = ProjectStore(unit.session).allowed(actor, project_id, Action.SEE)
            return self._views(unit, actor).one(row)

    def at_address(self, actor: Actor, owner: str, slug: str) -> Project:
        """Read the project at the address of its page."""
        with self.units.read() as unit:
            store = ProjectStore(unit.session)
            row = store.allowed(actor, store.by_slug(owner, slug).id, Action.SEE)
            return self._views(unit, actor).one(row)

    def around(self, actor: Actor, path: str) -> Project:
        """Find the project that a file or folder of the Jupyter root belongs to."""
        with self.units.read() as unit:
            store = ProjectStore(unit.session)
            row = store.around(folders_above(self.workspaces.root / path))
            if row is None:
                raise NotFound(f"{path} does not belong to a project yet.")
            store.allowed(actor, row.id, Action.SEE)
            return self._views(unit, actor).one(row)

    def role_around(self, actor: Actor, path: str) -> Role | None:
        """Tell what somebody is in the project of a file; None where it belongs to none."""
        with self.units.read() as unit:
            store = ProjectStore(unit.session)
            row = store.around(folders_above(self.workspaces.root / path))
            return store.role(actor.id, row.id) if row else None

    def worked_around(self, actor: Actor, path: str) -> UUID | None:
        """Name the project of a file, where the actor works on it."""
        with self.units.read() as unit:
            store = ProjectStore(unit.session)
            row = store.around(folders_above(self.workspaces.root / path))
            return row.id if row and store.role(actor.id, row.id) > Role.NONE else None

    def folder_around(self, actor: Actor, path: str) -> Path | None:
        """Find the folder of the project of a file, where the actor works on it."""
        with self.units.read() as unit:
            store = ProjectStore(unit.session)
            row = store.around(folders_above(self.workspaces.root / path))
            works = row is not None and store.role(actor.id, row.id) > Role.NONE
            return Path(row.folder) if row and works else None

    def templates(self, actor: Actor) -> list[TemplateInfo]:
        """List what a project can start from."""
        return [TemplateInfo(each.name, each.title, each.description) for each in templates()]

    def create(self, actor: Actor, body: NewProject) -> Project:
        """Start a project from a template."""
        chosen = next((each for each in templates() if each.name == body.template), None)
        if chosen is None:
            raise InvalidRequest(f"There is no template {body.template}.")
        row = ProjectRow(id=new_id(), title=body.title, description=body.description)
        row.level = chosen.level
        with self.workspaces.staging(row.id) as folder:
            scaffold(chosen.name, folder, body.title)
            repository = self.workspaces.repository_at(folder)
            message = f"Start from the template {chosen.title}"
            row.stack = facts_of(repository, repository.save_version(author(actor), message)).stack
            return self.register(actor, row, tags=list(chosen.tags))

    def change(
        self, actor: Actor, project_id: UUID, body: ProjectChange, if_match: IfMatch
    ) -> Project:
        """Change what a project's page says."""
        changes = {
            field: value
            for field, value in msgspec.structs.asdict(body).items()
            if value is not msgspec.UNSET
        }
        with self.units.write() as unit:
            store = ProjectStore(unit.session)
            row = store.allowed(actor, project_id, Action.EDIT)
            if if_match not in {"*", str(row.revision)}:
                raise PreconditionFailed("Somebody changed the project meanwhile. Read it again.")
            if (tags := changes.pop("tags", None)) is not None:
                store.retag(row.id, tags)
            for column, value in changes.items():
                setattr(row, column, value)
            return self._changed(unit, actor, row, ProjectChanged(row.id, by=actor.id))

    def delete(self, actor: Actor, project_id: UUID) -> None:
        """Put a project into the bin, from where it can be brought back for 30 days."""
        with self.units.write() as unit:
            row = ProjectStore(unit.session).allowed(actor, project_id, Action.DELETE)
            row.deleted = now()
            self._changed(unit, actor, row, ProjectDeleted(row.id, by=actor.id))
        self.workspaces.put_away(row)

    def undelete(self, actor: Actor, project_id: UUID) -> Project:
        """Bring a project back out of the bin."""
        with self.units.write() as unit:
            row = ProjectStore(unit.session).allowed(actor, project_id, Action.UNDELETE)
            self.workspaces.bring_back(row)
            row.deleted = None
            return self._changed(unit, actor, row, ProjectUndeleted(row.id, by=actor.id))

    def register(
        self,
        actor: Actor,
        row: ProjectRow,
        tags: list[str],
        origin: OriginRow | None = None,
        write: Callable[[], AbstractContextManager[Unit]] | None = None,
        *,
        archived: bool = False,
    ) -> Project:
        """Store a project whose files are ready: in `row.folder` if adopted, else staged.

        Where they came in an archive, nobody trusts them yet.
        Raises Conflict where the folder is a project already.
        """
        with (write or self.units.write)() as unit:
            self._place(unit, actor, row)
            store = ProjectStore(unit.session)
            store.add(row, row.created)
            store.retag(row.id, tags)
            unit.session.flush()
            unit.emit(ProjectCreated(row.id, by=actor.id))
            if archived:
                TrustStore(unit.session).came_in_archive(row.id, row.created)
            if origin:
                origin.project_id, origin.at = row.id, row.created
                unit.session.add(origin)
                unit.session.flush()
                unit.emit(ProjectRemixed(row.id, origin.origin_id, by=actor.id))
            project = self._views(unit, actor).one(row)
        self.workspaces.settle(row)
        return project

    def _views(self, unit: Unit, actor: Actor) -> ProjectViews:
        return ProjectViews(unit.session, actor, self.workspaces.root)

    def _place(self, unit: Unit, actor: Actor, row: ProjectRow) -> None:
        """Give a new project its owner, its address and its folder."""
        take_turn(unit.session, "places of projects")
        store, slug = ProjectStore(unit.session), safe_name(row.title)
        if not row.adopted:
            # Also not where one in the bin would come back to, or has not moved in yet.
            row.folder = self.workspaces.free_place(slug, store.folders_like)
        if store.by_folder(row.folder):
            raise Conflict(f"{row.folder} is a project already. It may lie in the bin.")
        row.owner_id, row.slug = actor.id, _free(slug, store.slugs_like(actor.id, slug))
        row.created = row.updated = now()

    def _changed(self, unit: Unit, actor: Actor, row: ProjectRow, event: Event) -> Project:
        row.updated = now()
        unit.session.flush()
        unit.emit(event)
        return self._views(unit, actor).one(row)


def _free(wanted: str, taken: set[str]) -> str:
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (wanted, *numbered) if slug not in taken)
