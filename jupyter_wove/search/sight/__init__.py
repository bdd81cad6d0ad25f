"""What somebody may see now, whatever an index still believes."""

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from jupyter_wove.accounts import AccountStore, Actor, PersonRef, Visibility
from jupyter_wove.kit.units import Units
from jupyter_wove.projects import ProjectRef, ProjectStore


class Found(Protocol):
    """Something in a project, with what an index knows of who may see it."""

    @property
    def project(self) -> UUID:
        """Tell in which project it is."""

    @property
    def version(self) -> str | None:
        """Tell which version of it was published."""

    @property
    def public(self) -> bool:
        """Tell whether it is part of that version."""


class Sight:
    """What an actor may see of some projects."""

    def __init__(self, units: Units, actor: Actor, projects: Iterable[UUID]) -> None:
        ids = set(projects)
        with units.read() as unit:
            store = ProjectStore(unit.session)
            self._rows, self._works = store.seen(actor, ids), store.roles(actor.id, ids)
            owners = {row.owner_id for row in self._rows.values()}
            self._people = AccountStore(unit.session).people(owners)

    def shows(self, found: Found) -> bool:
        """Tell whether this is the actor's own work, or part of what is published now."""
        row = self._rows.get(found.project)
        if row is None or found.project in self._works:
            return row is not None
        listed = row.visibility == Visibility.PUBLIC and row.published_version is not None
        return listed and found.public and found.version == row.published_version

    def ref(self, project: UUID) -> ProjectRef:
        """Name a project that is seen."""
        row = self._rows[project]
        owner = self._people[row.owner_id]
        return ProjectRef(row.id, PersonRef(owner.handle, owner.name), row.slug, row.title)
