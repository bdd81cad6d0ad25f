"""What can be done with the variables of an app: name them, set them, forget them."""

from uuid import UUID

from jupyter_wove.accounts import Action, Actor
from jupyter_wove.deploy.hosting import Hosting, purpose
from jupyter_wove.deploy.store import AppStore
from jupyter_wove.deploy.tables import AppRow, AppVariableRow
from jupyter_wove.deploy.variables.models import AppVariable, VariableName, VariableValue
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.errors import Conflict, InvalidRequest, NotFound
from jupyter_wove.kit.sealing import Sealing
from jupyter_wove.kit.units import Units

MOST = 100
# What would change how the sandbox itself begins.
KEPT = frozenset({"PATH", "LD_PRELOAD", "LD_LIBRARY_PATH", "HOME", "PORT"})


class AppVariables:
    """Variables that an app starts with: sealed, in no image, and never shown again."""

    def __init__(self, units: Units, hosting: Hosting, sealing: Sealing) -> None:
        self.units = units
        self.hosting = hosting
        self.sealing = sealing

    def all(self, actor: Actor, app_id: UUID) -> list[AppVariable]:
        """Name the variables of an app."""
        with self.units.read() as unit:
            store = AppStore(unit.session)
            store.allowed(actor, app_id, Action.DEPLOY)
            return [AppVariable(row.name, row.at) for row in store.variables(app_id)]

    def put(
        self, actor: Actor, app_id: UUID, name: VariableName, body: VariableValue
    ) -> AppVariable:
        """Give a variable its value, from the next start of the app on."""
        if name in KEPT:
            raise InvalidRequest(f"{name} is set by the sandbox. Choose another name.")
        if "\0" in body.value:
            raise InvalidRequest("A variable cannot hold NUL characters.")
        sealed = self.sealing.seal(body.value, purpose(app_id, name))
        with self.units.write() as unit:
            store = AppStore(unit.session)
            app = store.allowed(actor, app_id, Action.DEPLOY)
            known = {row.name: row for row in store.variables(app_id)}
            if name not in known and len(known) >= MOST:
                raise Conflict(f"An app has at most {MOST} variables. Remove one first.")
            row = known.get(name) or AppVariableRow(app_id=app_id, name=name)
            row.sealed, row.at = sealed, now()
            unit.session.add(row)
            shown = AppVariable(name, row.at)
        self._tell(app)
        return shown

    def remove(self, actor: Actor, app_id: UUID, name: VariableName) -> None:
        """Forget a variable, from the next start of the app on."""
        with self.units.write() as unit:
            app = AppStore(unit.session).allowed(actor, app_id, Action.DEPLOY)
            row = unit.session.get(AppVariableRow, (app_id, name))
            if row is None:
                raise NotFound(f"The app has no variable {name}.")
            unit.session.delete(row)
        self._tell(app)

    def _tell(self, app: AppRow) -> None:
        if self.hosting.socket.known():
            self.hosting.tell_if_served(app)
