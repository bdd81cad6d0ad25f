"""What people can do with each other's projects: discover, star, see where they come from."""

from pathlib import Path
from typing import Literal
from uuid import UUID

from sqlalchemy.orm import Session

from jupyter_wove.accounts import AccountStore, Action, Actor, PersonRef
from jupyter_wove.community.lineage import lineage
from jupyter_wove.community.models import (
    Card,
    Lineage,
    Order,
    Profile,
    ProjectStarred,
    ProjectUnstarred,
    Stars,
    TagFilter,
)
from jupyter_wove.community.store import CommunityStore
from jupyter_wove.community.trending import NOTHING, PUBLISHED, REMIXED, STARRED, warmer
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.paging import Page
from jupyter_wove.kit.units import Unit
from jupyter_wove.projects import (
    ProjectCreated,
    ProjectPublished,
    ProjectRemixed,
    ProjectRow,
    ProjectStore,
    ProjectViews,
)


class Community:
    """The projects that people share, and what others think of them."""

    def __init__(self, unit: Unit, root: Path) -> None:
        self.unit = unit
        self.root = root
        self.store = CommunityStore(unit.session)

    def gallery(
        self,
        actor: Actor,
        order: Order = "trending",
        tag: TagFilter = "",
        level: Literal["", "beginner", "intermediate", "advanced"] = "",
        after: str | None = None,
        limit: int = 24,
    ) -> Page[Card]:
        """List public projects: trending, newest, or most remixed first."""
        page = self.store.gallery(order, tag, level, after, limit)
        return Page(self._cards(actor, page.items), page.next)

    def card(self, actor: Actor, project_id: UUID) -> Card:
        """Read a project as the gallery shows it."""
        row = ProjectStore(self.unit.session).allowed(actor, project_id, Action.SEE)
        return self._cards(actor, [row])[0]

    def profile(self, actor: Actor, handle: str) -> Profile:
        """Read about somebody, with what they published."""
        row = AccountStore(self.unit.session).by_handle(handle)
        projects, stars = self.store.totals(row.id)
        return Profile(PersonRef(row.handle, row.name), row.bio, row.joined, projects, stars)

    def published_by(
        self, actor: Actor, handle: str, after: str | None = None, limit: int = 24
    ) -> Page[Card]:
        """List what somebody published, newest first."""
        row = AccountStore(self.unit.session).by_handle(handle)
        page = self.store.published_by(row.id, after, limit)
        return Page(self._cards(actor, page.items), page.next)

    def star(self, actor: Actor, project_id: UUID) -> Stars:
        """Star a project; doing it twice is the same as once."""
        ProjectStore(self.unit.session).allowed(actor, project_id, Action.STAR)
        if self.store.star(actor.id, project_id, now(), STARRED):
            self.unit.emit(ProjectStarred(project_id, by=actor.id))
        return Stars(self.store.standing(project_id).stars, True)

    def unstar(self, actor: Actor, project_id: UUID) -> Stars:
        """Take one's star back."""
        ProjectStore(self.unit.session).allowed(actor, project_id, Action.STAR)
        if self.store.unstar(actor.id, project_id, STARRED):
            self.unit.emit(ProjectUnstarred(project_id, by=actor.id))
        return Stars(self.store.standing(project_id).stars, False)

    def lineage(self, actor: Actor, project_id: UUID) -> Lineage:
        """Read where a project comes from, and what others made of it."""
        ProjectStore(self.unit.session).allowed(actor, project_id, Action.SEE)
        return lineage(self.store, ProjectViews(self.unit.session, actor), project_id)

    def _cards(self, actor: Actor, rows: list[ProjectRow]) -> list[Card]:
        ids = [row.id for row in rows]
        standings, starred = self.store.standings(ids), self.store.starred(actor.id, ids)
        apps = self.store.apps(ids)
        return [
            Card(
                project=project,
                stars=standings[project.id].stars,
                starred=project.id in starred,
                remixes=standings[project.id].remixes,
                app=apps.get(project.id),
            )
            for project in ProjectViews(self.unit.session, actor, self.root).all(rows)
        ]


def begin_to_count(session: Session, event: ProjectCreated) -> None:
    """Give a new project its standing."""
    CommunityStore(session).begin(event.project_id)


def count_publication(session: Session, event: ProjectPublished) -> None:
    """Warm a project up when it is first published; publishing again does not."""
    standing = CommunityStore(session).standing(event.project_id)
    if standing.heat <= NOTHING:
        standing.heat = warmer(standing.heat, PUBLISHED, now())


def count_remix(session: Session, event: ProjectRemixed) -> None:
    """Count a remix to its original, unless that has left for good meanwhile."""
    store = CommunityStore(session)
    if event.origin_id in store.standings([event.origin_id]):
        standing = store.standing(event.origin_id)
        standing.remixes += 1
        standing.heat = warmer(standing.heat, REMIXED, now())
