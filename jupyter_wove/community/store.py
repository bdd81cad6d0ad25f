"""Every query on stars, standings and lineages."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, column, exists, func, literal, select, table
from sqlalchemy.orm import Session

from jupyter_wove.community.models import Order
from jupyter_wove.community.tables import StandingRow, StarRow
from jupyter_wove.community.trending import NOTHING, cooler, warmer
from jupyter_wove.kit.paging import Page, keyset
from jupyter_wove.projects import OriginRow, ProjectRow, TagRow, listed

# Of a domain above this one, which few servers load.
APP = table(
    "app",
    column("id", Uuid()),
    column("project_id", Uuid()),
    *(column(name) for name in ("parent_id", "release_id", "stopped", "deleted", "access", "url")),
)
MOST_SORTED = 2_000  # projects; sorting that many takes some milliseconds


class CommunityStore:
    """What people do with each other's projects, in one transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def begin(self, project_id: UUID) -> None:
        """Begin to count for a new project."""
        self.session.add(StandingRow(project_id=project_id, stars=0, remixes=0, heat=NOTHING))
        self.session.flush()

    def standing(self, project_id: UUID) -> StandingRow:
        """Find how a project stands, to count; others who count wait."""
        return self.session.get_one(StandingRow, project_id, with_for_update=True)

    def standings(self, project_ids: Iterable[UUID]) -> dict[UUID, StandingRow]:
        """Tell how several projects stand."""
        found = self.session.scalars(
            select(StandingRow).where(StandingRow.project_id.in_(set(project_ids)))
        )
        return {row.project_id: row for row in found}

    def starred(self, person_id: UUID, project_ids: Iterable[UUID]) -> set[UUID]:
        """Tell which of several projects somebody starred."""
        return set(
            self.session.scalars(
                select(StarRow.project_id).where(
                    StarRow.person_id == person_id, StarRow.project_id.in_(set(project_ids))
                )
            )
        )

    def stars_of(self, person_id: UUID, limit: int) -> list[StarRow]:
        """List somebody's stars, the latest first."""
        own = select(StarRow).where(StarRow.person_id == person_id)
        return list(self.session.scalars(own.order_by(StarRow.at.desc()).limit(limit)))

    def apps(self, project_ids: Iterable[UUID]) -> dict[UUID, str]:
        """Tell where an app of each of several projects is visited, if one is open to all."""
        served = APP.c.release_id.is_not(None), APP.c.stopped.is_(False), APP.c.deleted.is_(None)
        own = APP.c.project_id.in_(set(project_ids)), APP.c.parent_id.is_(None)
        found = select(APP.c.project_id, APP.c.url).where(
            *own, *served, APP.c.access.in_(("public", "hub")), APP.c.url != literal("")
        )
        return {row.project_id: row.url for row in self.session.execute(found.order_by(APP.c.id))}

    def star(self, person_id: UUID, project_id: UUID, at: datetime, weight: float) -> bool:
        """Put somebody's star on a project; False where it is there already."""
        standing = self.standing(project_id)
        if self.session.get(StarRow, (project_id, person_id)):
            return False
        self.session.add(StarRow(project_id=project_id, person_id=person_id, at=at))
        standing.stars += 1
        standing.heat = warmer(standing.heat, weight, at)
        return True

    def unstar(self, person_id: UUID, project_id: UUID, weight: float) -> bool:
        """Take somebody's star off a project; False where there is none."""
        standing = self.standing(project_id)
        row = self.session.get(StarRow, (project_id, person_id))
        if row is None:
            return False
        self.session.delete(row)
        standing.stars -= 1
        standing.heat = cooler(standing.heat, weight, row.at)
        return True

    def gallery(
        self, order: Order, tag: str, level: str, after: str | None, limit: int
    ) -> Page[ProjectRow]:
        """List public projects in an order, with a tag and of a level where these are given."""
        chosen = [listed(), *([ProjectRow.level == level] if level else [])]
        if tag and self._is_rare(tag):
            return self._sorted(order, [*chosen, TagRow.tag == tag], after, limit)
        if tag:
            chosen.append(exists().where(TagRow.project_id == ProjectRow.id, TagRow.tag == tag))
        if order == "new":
            statement = select(ProjectRow).where(*chosen)
            return keyset(self.session, statement, ORDERS[order], after, limit)
        return self._walked(order, chosen, after, limit)

    def _is_rare(self, tag: str) -> bool:
        """Tell whether so few projects wear a tag that they are better sorted than looked for."""
        worn = select(TagRow.position).where(TagRow.tag == tag).limit(MOST_SORTED).subquery()
        count = self.session.scalar(select(func.count()).select_from(worn))
        return count is not None and count < MOST_SORTED

    def _sorted(
        self, order: Order, chosen: list[ColumnElement[bool]], after: str | None, limit: int
    ) -> Page[ProjectRow]:
        """Collect what wears a tag, and sort it."""
        statement = select(ProjectRow).join(TagRow).where(*chosen)
        if order != "new":
            statement = statement.join(StandingRow)
        return keyset(self.session, statement, ORDERS[order], after, limit)

    def _walked(
        self, order: Order, chosen: list[ColumnElement[bool]], after: str | None, limit: int
    ) -> Page[ProjectRow]:
        """Go through the projects in their order until a page is full of what is chosen.

        Only standings are selected from: SQLite sorts all projects where it is offered a join.
        """
        suits = exists().where(ProjectRow.id == StandingRow.project_id, *chosen)
        statement = select(StandingRow).where(suits)
        page = keyset(self.session, statement, ORDERS[order], after, limit)
        ids = [standing.project_id for standing in page.items]
        found = self.session.scalars(select(ProjectRow).where(ProjectRow.id.in_(ids)))
        rows = {row.id: row for row in found}
        return Page([rows[id_] for id_ in ids], page.next)

    def published_by(self, person_id: UUID, after: str | None, limit: int) -> Page[ProjectRow]:
        """List somebody's public projects, newest first."""
        statement = select(ProjectRow).where(listed(), ProjectRow.owner_id == person_id)
        return keyset(self.session, statement, ORDERS["new"], after, limit)

    def totals(self, person_id: UUID) -> tuple[int, int]:
        """Count somebody's public projects and the stars on them."""
        projects, stars = self.session.execute(
            select(func.count(), func.coalesce(func.sum(StandingRow.stars), 0))
            .select_from(ProjectRow)
            .outerjoin(StandingRow, StandingRow.project_id == ProjectRow.id)
            .where(listed(), ProjectRow.owner_id == person_id)
        ).one()
        return projects, stars

    def origin(self, project_id: UUID) -> OriginRow | None:
        """Tell what a project was remixed from."""
        return self.session.get(OriginRow, project_id)

    def remixes(self, project_ids: Iterable[UUID], limit: int) -> list[OriginRow]:
        """List the remixes of several projects, oldest first."""
        return list(
            self.session.scalars(
                select(OriginRow)
                .where(OriginRow.origin_id.in_(set(project_ids)))
                .order_by(OriginRow.at, OriginRow.project_id)
                .limit(limit)
            )
        )


ORDERS: dict[Order, list[ColumnElement[Any]]] = {
    "new": [ProjectRow.published.desc(), ProjectRow.id.desc()],
    "trending": [StandingRow.heat.desc(), StandingRow.project_id.desc()],
    "most-remixed": [StandingRow.remixes.desc(), StandingRow.project_id.desc()],
}
