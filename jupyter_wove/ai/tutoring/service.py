"""What can be done with policies for those who learn: set them, lift them, see what holds."""

from collections.abc import Callable, Iterable
from uuid import UUID

from jupyter_wove.accounts import Action, Actor, Role
from jupyter_wove.ai.models import Catalogue
from jupyter_wove.ai.tutoring.models import (
    Binding,
    NewTutorPolicy,
    Tutored,
    TutorPolicyChanged,
    strictest,
)
from jupyter_wove.ai.tutoring.store import TutorStore, policy_of
from jupyter_wove.ai.tutoring.tables import TutorPolicyRow
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.errors import InvalidRequest
from jupyter_wove.kit.units import Units
from jupyter_wove.projects import Projects, ProjectStore

OVER = "It would be over already. Choose a moment to come, or lift it."


class Tutoring:
    """What models may tell those who work on a project, or on a remix of it."""

    def __init__(self, units: Units, projects: Projects, known: Callable[[], Catalogue]) -> None:
        self.units = units
        self.projects = projects
        self.known = known

    def of(self, actor: Actor, project_id: UUID) -> Tutored:
        """Read what holds for oneself in a project; its editors also what was set for it."""
        with self.units.read() as unit:
            ProjectStore(unit.session).allowed(actor, project_id, Action.READ_WORK)
            store = TutorStore(unit.session)
            row = store.of(project_id)
            may_see = store.projects.role(actor.id, project_id) >= Role.EDITOR
            binding = strictest(store.holding(actor.id, [project_id], now()))
            return Tutored(policy_of(row) if row and may_see else None, binding)

    def around(self, actor: Actor, path: str) -> Tutored:
        """Read what holds for oneself where a file lies; nothing outside of projects."""
        return Tutored(None, self.bound(actor, [path]))

    def put(self, actor: Actor, project_id: UUID, body: NewTutorPolicy) -> Tutored:
        """Set what models may tell until a moment, for who learns with it or with a remix."""
        self._check(body)
        with self.units.write() as unit:
            ProjectStore(unit.session).allowed(actor, project_id, Action.TEACH)
            store = TutorStore(unit.session)
            row = store.of(project_id) or TutorPolicyRow(project_id=project_id)
            row.level, row.until, row.routes = body.level, body.until, body.routes
            row.set_by, row.changed = actor.id, now()
            unit.session.add(row)
            unit.session.flush()
            unit.emit(TutorPolicyChanged(project_id, actor.id, body.level, body.until))
            return Tutored(policy_of(row), None)

    def lift(self, actor: Actor, project_id: UUID) -> None:
        """Let models tell everything again; doing it twice is the same as once."""
        with self.units.write() as unit:
            ProjectStore(unit.session).allowed(actor, project_id, Action.TEACH)
            row = TutorStore(unit.session).of(project_id)
            if row is not None:
                unit.session.delete(row)
                unit.emit(TutorPolicyChanged(project_id, actor.id, None, None))

    def bound(self, actor: Actor, paths: Iterable[str]) -> Binding | None:
        """Tell what holds for somebody where some files lie; None where nothing does."""
        worked = (self.projects.worked_around(actor, path) for path in paths if path)
        found = {each for each in worked if each is not None}
        return binding_of(self.units, actor.id, found) if found else None

    def _check(self, body: NewTutorPolicy) -> None:
        if body.until <= now():
            raise InvalidRequest(OVER)
        known = self.known()
        for name in body.routes:
            if name not in known.answering:
                there = ", ".join(known.answering) or "none yet"
                raise InvalidRequest(f"There is no model {name}. There are: {there}.")


def binding_of(units: Units, person_id: UUID, project_ids: Iterable[UUID]) -> Binding | None:
    """Tell what holds for somebody in some projects; None where nothing does."""
    with units.read() as unit:
        return strictest(TutorStore(unit.session).holding(person_id, project_ids, now()))
