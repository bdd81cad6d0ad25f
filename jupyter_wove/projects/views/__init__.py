"""Rows of projects, turned into what the person who asks may see of them, a page at a time."""

from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from jupyter_wove.accounts import AccountStore, Actor, PersonRef, PersonRow, Visibility
from jupyter_wove.projects.models import Origin, Project, ProjectRef
from jupyter_wove.projects.store import ProjectStore
from jupyter_wove.projects.tables import OriginRow, ProjectRow


class ProjectViews:
    """What one person sees of projects; a fixed number of queries for any number of rows.

    Folders are shown relative to `root`, and not at all where they lie outside of it.
    """

    def __init__(self, session: Session, actor: Actor, root: Path | None = None) -> None:
        self.store = ProjectStore(session)
        self.accounts = AccountStore(session)
        self.actor = actor
        self.root = root

    def one(self, row: ProjectRow) -> Project:
        """Show one project."""
        return self.all([row])[0]

    def all(self, rows: list[ProjectRow]) -> list[Project]:
        """Show several projects, in the order given."""
        ids = [row.id for row in rows]
        tags, roles = self.store.tags(ids), self.store.roles(self.actor.id, ids)
        origins = self._origins(ids)
        people = self.accounts.people(row.owner_id for row in rows)
        return [
            _project(
                row,
                people[row.owner_id],
                tags.get(row.id, []),
                roles.get(row.id),
                origins.get(row.id),
                self._folder(row) if row.id in roles else None,
            )
            for row in rows
        ]

    def refs(self, ids: list[UUID]) -> dict[UUID, ProjectRef]:
        """Name those of several projects that may be seen."""
        rows = self.store.seen(self.actor, ids)
        people = self.accounts.people(row.owner_id for row in rows.values())
        return {id_: ref(row, people[row.owner_id]) for id_, row in rows.items()}

    def _folder(self, row: ProjectRow) -> str | None:
        folder = Path(row.folder)
        known = self.root and folder.is_relative_to(self.root)
        return folder.relative_to(self.root).as_posix() if self.root and known else None

    def _origins(self, ids: list[UUID]) -> dict[UUID, Origin]:
        found: dict[UUID, OriginRow] = self.store.origins(ids)
        refs = self.refs([row.origin_id for row in found.values()]) if found else {}
        return {id_: Origin(refs.get(row.origin_id), row.version) for id_, row in found.items()}


def ref(row: ProjectRow, owner: PersonRow) -> ProjectRef:
    """Name a project beside something else."""
    return ProjectRef(row.id, person(owner), row.slug, row.title)


def person(row: PersonRow) -> PersonRef:
    """Name a person beside what they made."""
    return PersonRef(row.handle, row.name)


def _project(
    row: ProjectRow,
    owner: PersonRow,
    tags: list[str],
    role: str | None,
    origin: Origin | None,
    folder: str | None,
) -> Project:
    return Project(
        id=row.id,
        owner=person(owner),
        slug=row.slug,
        title=row.title,
        description=row.description,
        tags=tags,
        stack=list(row.stack),
        licence=row.licence,
        level=row.level,  # type: ignore[arg-type]  # a check of the input, not of the column
        visibility=Visibility(row.visibility),
        folder=folder,
        role=role,  # type: ignore[arg-type]
        published_version=row.published_version,
        published=row.published,
        origin=origin,
        created=row.created,
        updated=row.updated,
        deleted=row.deleted,
        revision=row.revision,
    )
