"""Every query on projects."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, exists, literal, or_, select
from sqlalchemy.orm import Session

from jupyter_wove.accounts import Action, Actor, Facts, PersonRow, Role, Visibility, demand
from jupyter_wove.kit.errors import NotFound
from jupyter_wove.projects.tables import MemberRow, OriginRow, ProjectRow, TagRow


class ProjectStore:
    """Projects in one transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def allowed(self, actor: Actor, project_id: UUID, action: Action) -> ProjectRow:
        """Find a project with which the actor may do this. Raises what `demand` raises."""
        row = self.session.get(ProjectRow, project_id)
        if row is None:
            raise NotFound("There is no such project, or it is not shared with you.")
        demand(actor, action, facts(row, self.role(actor.id, project_id)))
        return row

    def role(self, person_id: UUID, project_id: UUID) -> Role:
        """Tell what somebody is in a project."""
        member = self.session.get(MemberRow, (project_id, person_id))
        return Role[member.role.upper()] if member else Role.NONE

    def roles(self, person_id: UUID, project_ids: Iterable[UUID]) -> dict[UUID, str]:
        """Tell what somebody is in each of several projects."""
        wanted = MemberRow.project_id.in_(set(project_ids))
        found = self.session.scalars(
            select(MemberRow).where(MemberRow.person_id == person_id, wanted)
        )
        return {row.project_id: row.role for row in found}

    def by_slug(self, owner: str, slug: str) -> ProjectRow:
        """Find the project at an address."""
        row = self.session.scalar(
            select(ProjectRow)
            .join(PersonRow, PersonRow.id == ProjectRow.owner_id)
            .where(PersonRow.handle == owner.lower(), ProjectRow.slug == slug)
        )
        if row is None:
            raise NotFound("There is no such project, or it is not shared with you.")
        return row

    def around(self, folders: list[str]) -> ProjectRow | None:
        """Find the innermost project whose folder is one of these."""
        found = self.session.scalars(
            select(ProjectRow).where(ProjectRow.folder.in_(folders), ProjectRow.deleted.is_(None))
        )
        return max(found, key=lambda row: len(row.folder), default=None)

    def by_folder(self, folder: str) -> ProjectRow | None:
        """Find the project, in the bin or not, that a folder belongs to."""
        return self.session.scalar(select(ProjectRow).where(ProjectRow.folder == folder))

    def folders_like(self, folder: str) -> set[str]:
        """List the folders of projects, in the bin or not, that begin so."""
        begins = ProjectRow.folder.startswith(folder, autoescape=True)
        return set(self.session.scalars(select(ProjectRow.folder).where(begins)))

    def slugs_like(self, owner_id: UUID, slug: str) -> set[str]:
        """List the slugs of somebody's projects that begin so."""
        return set(
            self.session.scalars(
                select(ProjectRow.slug).where(
                    ProjectRow.owner_id == owner_id,
                    ProjectRow.slug.startswith(slug, autoescape=True),
                )
            )
        )

    def add(self, row: ProjectRow, at: datetime) -> ProjectRow:
        """Store a project, its creator being its owner."""
        self.session.add(row)
        self.session.flush()
        owner = MemberRow(project_id=row.id, person_id=row.owner_id, role="owner", since=at)
        self.session.add(owner)
        return row

    def tags(self, project_ids: Iterable[UUID]) -> dict[UUID, list[str]]:
        """List the tags of several projects."""
        found = self.session.scalars(
            select(TagRow)
            .where(TagRow.project_id.in_(set(project_ids)))
            .order_by(TagRow.project_id, TagRow.position)
        )
        tags: dict[UUID, list[str]] = {}
        for row in found:
            tags.setdefault(row.project_id, []).append(row.tag)
        return tags

    def retag(self, project_id: UUID, tags: list[str]) -> None:
        """Give a project these tags in this order, and no others."""
        self.session.execute(delete(TagRow).where(TagRow.project_id == project_id))
        self.session.add_all(
            TagRow(project_id=project_id, tag=tag, position=position)
            for position, tag in enumerate(dict.fromkeys(tags))
        )

    def origins(self, project_ids: Iterable[UUID]) -> dict[UUID, OriginRow]:
        """Tell what each of several projects was remixed from."""
        found = self.session.scalars(
            select(OriginRow).where(OriginRow.project_id.in_(set(project_ids)))
        )
        return {row.project_id: row for row in found}

    def seen(self, actor: Actor, project_ids: Iterable[UUID]) -> dict[UUID, ProjectRow]:
        """Find those of several projects that the actor may see."""
        found = self.session.scalars(
            select(ProjectRow).where(ProjectRow.id.in_(set(project_ids)), visible_to(actor))
        )
        return {row.id: row for row in found}

    def expired(self, before: datetime) -> list[ProjectRow]:
        """List the projects that have been in the bin since before this moment."""
        return list(self.session.scalars(select(ProjectRow).where(ProjectRow.deleted < before)))

    def alive(self) -> list[ProjectRow]:
        """List all projects that do not lie in the bin."""
        return list(self.session.scalars(select(ProjectRow).where(ProjectRow.deleted.is_(None))))

    def versions_in_use(self) -> dict[UUID, set[str]]:
        """Tell which versions of each project were published, or remixed."""
        published = select(ProjectRow.id, ProjectRow.published_version).where(
            ProjectRow.published_version.is_not(None)
        )
        remixed = select(OriginRow.origin_id, OriginRow.version)
        used: dict[UUID, set[str]] = {}
        for project_id, version in self.session.execute(published.union(remixed)):
            used.setdefault(project_id, set()).add(str(version))
        return used

    def members(self, project_id: UUID) -> list[tuple[MemberRow, PersonRow]]:
        """List who works on a project, longest first."""
        found = self.session.execute(
            select(MemberRow, PersonRow)
            .join(PersonRow, PersonRow.id == MemberRow.person_id)
            .where(MemberRow.project_id == project_id)
            .order_by(MemberRow.since, PersonRow.handle)
        )
        return [(member, person) for member, person in found]

    def member(self, project_id: UUID, person_id: UUID) -> MemberRow | None:
        """Find somebody's membership."""
        return self.session.get(MemberRow, (project_id, person_id))


def facts(row: ProjectRow, role: Role) -> Facts:
    """Collect what a decision about a project depends on."""
    published = row.published_version is not None
    return Facts(role, Visibility(row.visibility), published, row.deleted is not None)


def works_on(person_id: UUID) -> ColumnElement[bool]:
    """Select the projects that somebody has a role in."""
    return exists().where(MemberRow.project_id == ProjectRow.id, MemberRow.person_id == person_id)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Select the projects that the actor may see, as `authorize` would decide."""
    shared = and_(
        ProjectRow.visibility != Visibility.PRIVATE.value,
        ProjectRow.published_version.is_not(None),
    )
    return and_(ProjectRow.deleted.is_(None), or_(shared, works_on(actor.id)))


def listed() -> ColumnElement[bool]:
    """Select the projects that anybody may come across."""
    return and_(ProjectRow.visibility == literal("public"), ProjectRow.deleted.is_(None))
