"""What the database says of what was found: whether it may be seen, and what it is called."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple, Protocol, TypeVar
from uuid import UUID
from zlib import crc32

from sqlalchemy import Row, Select, exists, or_, select
from sqlalchemy.orm import Session

from jupyter_wove.accounts import AccountStore, Actor, PersonRef, PersonRow, Visibility
from jupyter_wove.community import CommunityStore
from jupyter_wove.kit.crowds import among, as_kept, written
from jupyter_wove.kit.errors import NotFound
from jupyter_wove.projects import OriginRow, ProjectRef, ProjectRow, ProjectStore
from jupyter_wove.search.engines import Sort
from jupyter_wove.search.models import PromptName
from jupyter_wove.search.tables import PROMPT, PROMPT_MEMBER

MOST_LIKED = 200  # projects by which one's taste is told, the latest ones


class Found(Protocol):
    """Something of a project, a prompt or a person, with what an index knows of who may see it."""

    @property
    def id(self) -> int:
        """Number it among all of its kind."""

    @property
    def project(self) -> str:
        """Tell of what it is."""

    @property
    def sort(self) -> Sort:
        """Tell what that is."""

    @property
    def version(self) -> str | None:
        """Tell which version was published."""

    @property
    def public(self) -> bool:
        """Tell whether it is part of that version."""


F = TypeVar("F", bound=Found)


class Names(NamedTuple):
    """What was found, as people name it; `revisions` tells which page is true."""

    projects: dict[UUID, ProjectRef]
    prompts: dict[UUID, PromptName]
    people: dict[UUID, PersonRef]
    revisions: dict[UUID, int]


class Liked(NamedTuple):
    """A project that somebody starred or remixed, and when."""

    project: UUID
    at: datetime


class SearchStore:
    """What was found, in one transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.projects = ProjectStore(session)

    def seen(self, actor: Actor, found: Sequence[F]) -> list[F]:
        """Keep what the actor may see now, whatever the index still believes."""
        shown = self._published({each.project for each in found if each.sort == "project"})
        others = self._prompts(actor, _of("prompt", found)) | self._people(_of("person", found))
        public = {
            each.id
            for each in found
            if each.public and each.version and shown.get(each.project) == each.version
        }
        rest = _of("project", [each for each in found if each.id not in public])
        works = self._works(actor, rest) if rest else set()
        mine = {str(id_) for id_ in works | others}
        return [each for each in found if each.id in public or each.project in mine]

    def names(self, found: Sequence[Found]) -> Names:
        """Tell what is to be shown of what was found."""
        rows = self._rows(_of("project", found))
        prompts = self.prompts_with(_of("prompt", found))
        owners = {row.owner_id for row in rows.values()} | {each.owner_id for each in prompts}
        people = AccountStore(self.session).people(owners | _of("person", found))
        refs = {id_: PersonRef(row.handle, row.name) for id_, row in people.items()}
        return Names(
            {id_: _project(row, refs[row.owner_id]) for id_, row in rows.items()},
            {row.id: _prompt(row, refs[row.owner_id]) for row in prompts},
            refs,
            {id_: row.revision for id_, row in rows.items()}
            | {row.id: revision_of_prompt(row) for row in prompts}
            | {id_: revision_of_person(row) for id_, row in people.items()},
        )

    def prompts_with(self, ids: set[UUID]) -> list[Row[Any]]:
        """Find several prompts."""
        found: Select[Any] = select(PROMPT).where(PROMPT.c.id.in_(ids))
        return list(self.session.execute(found)) if ids else []

    def demand_prompt(self, actor: Actor, prompt_id: UUID) -> None:
        """Raise NotFound where somebody may not see a prompt."""
        if prompt_id not in self._prompts(actor, {prompt_id}):
            raise NotFound("There is no such prompt, or it is not shared with you.")

    def liked(self, person_id: UUID) -> Iterator[Liked]:
        """List what somebody starred or remixed, the latest first of each."""
        stars = CommunityStore(self.session).stars_of(person_id, MOST_LIKED)
        yield from (Liked(row.project_id, row.at) for row in stars)
        remixed = (
            select(OriginRow.origin_id, OriginRow.at)
            .join(ProjectRow, ProjectRow.id == OriginRow.project_id)
            .where(ProjectRow.owner_id == person_id)
            .order_by(OriginRow.at.desc())
            .limit(MOST_LIKED)
        )
        yield from (Liked(*row) for row in self.session.execute(remixed))

    def traits(self, project_ids: Iterable[UUID]) -> dict[UUID, set[str]]:
        """Tell what several projects are about, and made with."""
        ids = set(project_ids)
        stacks = select(ProjectRow.id, ProjectRow.stack).where(ProjectRow.id.in_(ids))
        traits = {id_: set(stack) for id_, stack in self.session.execute(stacks)}
        for id_, tags in self.projects.tags(ids).items():
            traits.setdefault(id_, set()).update(tags)
        return traits

    def _published(self, ids: set[str]) -> dict[str, str]:
        """Tell which version of each project everybody may come across."""
        public = ProjectRow.visibility == Visibility.PUBLIC, ProjectRow.deleted.is_(None)
        named = among(self.session, ProjectRow.id, ids)
        columns = as_kept(ProjectRow.id), ProjectRow.published_version
        rows = self.session.execute(select(*columns).where(named, *public)) if ids else ()
        return {written(id_): version for id_, version in rows if version}

    def _works(self, actor: Actor, ids: set[UUID]) -> set[UUID]:
        """Tell in which projects somebody has a part, of those that are not deleted."""
        works = self.projects.roles(actor.id, ids)
        alive = select(ProjectRow.id).where(ProjectRow.id.in_(works), ProjectRow.deleted.is_(None))
        return set(self.session.scalars(alive)) if works else set()

    def _rows(self, ids: set[UUID]) -> dict[UUID, ProjectRow]:
        found = self.session.scalars(select(ProjectRow).where(ProjectRow.id.in_(ids)))
        return {row.id: row for row in found}

    def _prompts(self, actor: Actor, ids: set[UUID]) -> set[UUID]:
        shared = exists().where(
            PROMPT_MEMBER.c.prompt_id == PROMPT.c.id, PROMPT_MEMBER.c.person_id == actor.id
        )
        seen = or_(PROMPT.c.visibility == "public", shared)
        found: Select[Any] = select(PROMPT.c.id).where(PROMPT.c.id.in_(ids), seen)
        return set(self.session.scalars(found)) if ids else set()

    def _people(self, ids: set[UUID]) -> set[UUID]:
        found = select(PersonRow.id).where(PersonRow.id.in_(ids))
        return set(self.session.scalars(found)) if ids else set()


def revision_of_prompt(row: Row[Any]) -> int:
    """Number what a prompt says, and to whom."""
    return crc32(f"{row.number}\0{row.updated}\0{row.visibility}".encode())


def revision_of_person(row: PersonRow) -> int:
    """Number what people say about themselves."""
    return crc32(f"{row.handle}\0{row.name}\0{row.bio}".encode())


def _of(sort: str, found: Sequence[Found]) -> set[UUID]:
    return {UUID(id_) for id_ in {each.project for each in found if each.sort == sort}}


def _prompt(row: Row[Any], owner: PersonRef) -> PromptName:
    return PromptName(row.id, owner, row.name, row.title)


def _project(row: ProjectRow, owner: PersonRef) -> ProjectRef:
    return ProjectRef(row.id, owner, row.slug, row.title)
