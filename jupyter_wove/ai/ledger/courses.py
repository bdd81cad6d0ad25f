"""Courses: projects of a teacher, with all that was remixed from them."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from jupyter_wove.accounts import PersonRow
from jupyter_wove.projects import OriginRow, ProjectRow


def projects_of(session: Session, addresses: Iterable[str]) -> set[UUID]:
    """Find the projects of a course, by their addresses, and every remix of them."""
    family, newest = set[UUID](), _named(session, addresses)
    while newest:
        family |= newest
        remixes = select(OriginRow.project_id).where(OriginRow.origin_id.in_(newest))
        newest = set(session.scalars(remixes)) - family
    return family


def _named(session: Session, addresses: Iterable[str]) -> set[UUID]:
    """Find projects by `owner/slug`; one that is not there, or not yet, is none."""
    pairs = [tuple(each.lower().partition("/")[::2]) for each in addresses]
    named = tuple_(PersonRow.handle, func.lower(ProjectRow.slug)).in_(pairs)
    found = select(ProjectRow.id).join(PersonRow, PersonRow.id == ProjectRow.owner_id)
    return set(session.scalars(found.where(named)))
