"""What can be done about trust: look, trust, stop trusting."""

from datetime import timedelta
from uuid import UUID

from jupyter_wove.accounts import Action, Actor
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.units import Unit, Units
from jupyter_wove.projects.store import ProjectStore
from jupyter_wove.projects.tables import ProjectRow
from jupyter_wove.projects.trust.models import ProjectTrust, Standing, Trusting
from jupyter_wove.projects.trust.store import TrustStore
from jupyter_wove.projects.trust.tables import TrustRow
from jupyter_wove.projects.upkeep import folders_above
from jupyter_wove.projects.workspaces import Workspaces

SOON = timedelta(minutes=2)  # within which the kernel starts that somebody has allowed once


class Trusts:
    """Whose code runs without a sandbox. What was made here needs nobody's trust."""

    def __init__(self, units: Units, workspaces: Workspaces) -> None:
        self.units = units
        self.workspaces = workspaces

    def get(self, actor: Actor, project_id: UUID) -> ProjectTrust:
        """Tell whether one trusts a project."""
        with self.units.read() as unit:
            ProjectStore(unit.session).allowed(actor, project_id, Action.SEE)
            return _trust(unit, actor.id, project_id)

    def put(self, actor: Actor, project_id: UUID, body: Trusting) -> ProjectTrust:
        """Trust a project: its code then runs with all that one may do oneself."""
        with self.units.write() as unit:
            ProjectStore(unit.session).allowed(actor, project_id, Action.READ_WORK)
            TrustStore(unit.session).trust(actor.id, project_id, now(), once=body.once)
            unit.session.flush()
            return _trust(unit, actor.id, project_id)

    def delete(self, actor: Actor, project_id: UUID) -> ProjectTrust:
        """Stop trusting a project."""
        with self.units.write() as unit:
            ProjectStore(unit.session).allowed(actor, project_id, Action.SEE)
            TrustStore(unit.session).distrust(actor.id, project_id)
            unit.session.flush()
            return _trust(unit, actor.id, project_id)

    def standing(self, person_id: UUID | None, path: str) -> Standing:
        """Tell of which project a file below the root is, and whether somebody trusts it."""
        with self.units.read() as unit:
            row = self._around(unit, path)
            if row is None:
                return Standing(None, "", trusted=True)
            store = TrustStore(unit.session)
            given = store.of(person_id, row.id) if person_id else None
            return Standing(row.id, row.folder, store.came(row.id) is None or _is_for_good(given))

    def allowed_once(self, person_id: UUID, project_id: UUID) -> bool:
        """Take up what somebody has allowed for one kernel; it is allowed no second time."""
        with self.units.write() as unit:
            store = TrustStore(unit.session)
            row = store.of(person_id, project_id)
            if row is None or not row.once:
                return False
            store.distrust(person_id, project_id)
            return row.at > now() - SOON

    def _around(self, unit: Unit, path: str) -> ProjectRow | None:
        return ProjectStore(unit.session).around(folders_above(self.workspaces.root / path))


def _trust(unit: Unit, person_id: UUID, project_id: UUID) -> ProjectTrust:
    store = TrustStore(unit.session)
    came = store.came(project_id)
    return ProjectTrust(came, came is None or _is_for_good(store.of(person_id, project_id)))


def _is_for_good(row: TrustRow | None) -> bool:
    return row is not None and not row.once
