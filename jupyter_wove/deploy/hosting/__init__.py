"""What Wove tells the runner about apps, and asks it."""

import logging
from collections.abc import Generator, Iterable
from contextlib import suppress
from uuid import UUID

from jupyter_wove.accounts import PersonRow
from jupyter_wove.deploy.models import DeployedApp
from jupyter_wove.deploy.store import AppStore
from jupyter_wove.deploy.tables import AppRow
from jupyter_wove.deploy.targets import LOCAL, FromRunner, Order, Targets
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.errors import Conflict, InvalidRequest, NotFound, Unavailable, WoveError
from jupyter_wove.kit.sealing import KeyLost, Sealing
from jupyter_wove.kit.units import Unit, Units
from jupyter_wove.projects import ProjectRow
from jupyter_wove.runner import (
    App,
    AppState,
    Code,
    Message,
    OutputLine,
    Plan,
    Release,
    Runner,
    RunnerSocket,
    Status,
    Visitor,
    Visits,
)

log = logging.getLogger(__name__)

NEEDS = """\
{kind} needs Docker, which the runner does not reach: {problem}. Without it, saved notebooks and \
plain sites can be made live."""
WAITS = """\
What this needs is being installed already, ahead of the first deployment, which waits for it."""
MOST_LINES = 1000  # of what a place that is not here has kept
NEEDS_NOTHING = "none"  # the base of a plan that needs no container


class Hosting:
    """The runner, as apps of this Wove see it, and the targets where some are served instead.

    `address` is where people reach Wove.
    """

    def __init__(
        self,
        units: Units,
        socket: RunnerSocket,
        address: str,
        sealing: Sealing,
        targets: Targets,
    ) -> None:
        self.units = units
        self.socket = socket
        self.runner = Runner(socket.find)
        self.address = address
        self.sealing = sealing
        self.targets = targets

    # ------------------------------------------------------------------ what there is

    def status(self) -> Status:
        """Tell what the runner has; it is started where it does not run. Raises Unavailable."""
        return self.runner.ask("GET", "/v1/status", Status)

    def problem(self, plan: Plan) -> str:
        """Say in a sentence what a plan needs that is not here; "" where all is."""
        if plan.base == NEEDS_NOTHING:
            return ""
        try:
            status = self.status()
        except Unavailable as error:
            return str(error)
        if status.engine:
            return ""
        return NEEDS.format(kind=plan.kind, problem=status.problem.rstrip("."))

    def notice(self, plan: Plan) -> str:
        """Say in a sentence what a deployment has to wait for; "" where that is nothing."""
        if plan.base == NEEDS_NOTHING or plan.lock or not plan.requirements:
            return ""
        try:
            preparing = self.status().preparing
        except Unavailable:
            return ""
        return WAITS if set(plan.requirements) <= set(preparing) else ""

    def demand(self, plan: Plan) -> None:
        """Raise Unavailable where a plan needs what is not here."""
        if problem := self.problem(plan):
            raise Unavailable(problem)

    def demand_of(self, app_id: UUID, plan: Plan) -> None:
        """Raise InvalidRequest where the target of an app lacks something, before any work."""
        row, about = self._known(app_id)
        if row.target == LOCAL:
            return
        problem = self.targets.problem(row.target, plan, about.access, about.environment)
        if problem:
            raise InvalidRequest(problem)

    def states(self) -> dict[UUID, AppState]:
        """Tell how all apps do; nothing where the runner does not run, or does not say."""
        if self.socket.known() is None:
            return {}
        try:
            return self._all_states()
        except WoveError:
            return {}

    def _all_states(self) -> dict[UUID, AppState]:
        return {each.id: each for each in self.runner.ask("GET", "/v1/apps", list[AppState])}

    def with_states(self, apps: list[DeployedApp]) -> list[DeployedApp]:
        """Say of apps how they do."""
        served = [app for app in apps if app.release]
        states = self.states() if served else {}
        for app in served:
            if app.target != LOCAL:
                app.state = "live" if app.state == "away" else app.state
            elif found := states.get(app.id):
                app.state, app.problem = found.state, found.problem
                app.sessions, app.memory = found.sessions, found.memory
                app.url = found.url or app.url
        return apps

    def tell_all(self) -> None:
        """Tell the runner of all apps that are served, and have it let go of all others."""
        with self.units.read() as unit:
            store = AppStore(unit.session)
            served = {row.id: row for row in store.served()}
            kept = store.known(known := list(self._all_states()))
        for row in served.values():
            self._tell_again(row)
        for app_id in known:
            if app_id not in kept:
                self.remove([app_id])
            elif app_id not in served:
                self._stop_again(app_id)

    def _tell_again(self, row: AppRow) -> None:
        try:
            self.tell(row.id)
            if row.stopped:
                self.stop(row.id)
        except (KeyLost, NotFound) as error:  # others must not wait for what one lacks
            log.warning("The app %s is not told to the runner: %s", row.slug, error)

    def _stop_again(self, app_id: UUID) -> None:
        try:
            self.stop(app_id)
        except NotFound:  # its time in the bin was over just now
            self.remove([app_id])

    # ------------------------------------------------------------------ one app

    def tell(self, app_id: UUID) -> None:
        """Tell the runner what an app is called, and by whom it is reached; note where it is."""
        row, about = self._known(app_id)
        if row.target != LOCAL:  # the tokens of others are none of the runner's business
            return
        state = self.runner.ask("PUT", f"/v1/apps/{app_id}", AppState, about)
        if row.release_id and state.url != row.url:
            with self.units.write() as unit:
                AppStore(unit.session).get(app_id).url = state.url

    def release(self, app_id: UUID, release: Release) -> Generator[Message | None]:
        """Serve a release where the app is served, and say how that goes."""
        row, about = self._known(app_id)
        if row.target == LOCAL:
            return self.runner.follow(f"/v1/apps/{app_id}/releases", release)
        parcels = FromRunner(self.runner, release)
        order = Order(about, release, about.environment, parcels)
        return self.targets.release(row.target, order)

    def _known(self, app_id: UUID) -> tuple[AppRow, App]:
        with self.units.read() as unit:
            row = AppStore(unit.session).get(app_id)
            return row, self.described(unit, row)

    def tell_if_served(self, row: AppRow) -> None:
        """Tell the runner of an app that it serves; else that waits for its first release."""
        if row.release_id:
            self.tell(row.id)

    def described(self, unit: Unit, row: AppRow) -> App:
        """Describe an app to the runner, with the variables that it starts with."""
        store = AppStore(unit.session)
        domains = store.domains(row.id)
        return App(
            id=row.id,
            slug=row.slug,
            title=row.title,
            access=row.access,  # type: ignore[arg-type]  # a check of the column
            hosts=[each.host for each in domains if each.verified],
            home=f"{self.address}wove/apps/{row.id}/enter",
            about=self._about(unit, row),
            idle=row.idle,
            unproven={each.host: each.token for each in domains if not each.verified},
            environment={
                each.name: self.sealing.open(each.sealed, purpose(row.id, each.name))
                for each in store.variables(row.id)
            },
        )

    def stop(self, app_id: UUID) -> None:
        """Have an app answer no more, until it is woken; elsewhere, until it is deployed again."""
        row, about = self._known(app_id)
        if row.target != LOCAL:
            list(self.targets.delete(row.target, about, about.environment))
        self._quietly("POST", f"/v1/apps/{app_id}/stop")

    def wake(self, app_id: UUID) -> None:
        """Have an app that sleeps, or was stopped, answer again. Raises Conflict elsewhere."""
        row, _ = self._known(app_id)
        if row.target != LOCAL:
            raise Conflict(f"Deploy it again: nothing of it is left at {row.target}.")
        self.tell(app_id)
        self.runner.ask("POST", f"/v1/apps/{app_id}/wake", object)

    def remove(self, app_ids: Iterable[UUID]) -> None:
        """Have the runner forget apps, with all that it keeps of them."""
        for app_id in app_ids:
            self._quietly("DELETE", f"/v1/apps/{app_id}")

    def forget(self, app_id: UUID, release_id: UUID) -> None:
        """Have the runner forget a release, and the target that serves the app as well."""
        row, about = self._known(app_id)
        if row.target != LOCAL:
            list(self.targets.forget(row.target, about, release_id, about.environment))
        self._quietly("DELETE", f"/v1/apps/{app_id}/releases/{release_id}")

    def code(self, app_id: UUID, visitor: Visitor) -> str:
        """Have a code that lets a visitor in once."""
        return self.runner.ask("POST", f"/v1/apps/{app_id}/codes", Code, visitor).code

    def visits(self, app_id: UUID, days: int) -> Visits:
        """Tell what was asked of an app lately; of those that are elsewhere, nothing is known."""
        if self._known(app_id)[0].target != LOCAL:
            return Visits([])
        return self.runner.ask("GET", f"/v1/apps/{app_id}/visits?days={days}", Visits)

    def output(self, app_id: UUID, after: int) -> list[OutputLine]:
        """Read what an app wrote, after a line; elsewhere, the last that the place has kept."""
        row, about = self._known(app_id)
        if row.target != LOCAL:
            lines = self.targets.logs(row.target, about, about.environment, MOST_LINES)
            return [OutputLine(n, now(), each.text) for n, each in enumerate(lines, 1)]
        path = f"/v1/apps/{app_id}/output?after={after}"
        return self.runner.ask("GET", path, list[OutputLine])

    def show_out(self, app_id: UUID, person_id: UUID) -> None:
        """Let somebody into an app no longer."""
        self._quietly("DELETE", f"/v1/apps/{app_id}/visitors/{person_id}")

    def serves(self, app_id: UUID, release_id: UUID) -> bool:
        """Tell whether visitors of an app come to this release."""
        try:
            state = self.runner.ask("GET", f"/v1/apps/{app_id}", AppState)
        except NotFound:
            return False
        return state.release_id == release_id

    def _quietly(self, method: str, path: str) -> None:
        """Ask for something that is well where the runner knows nothing of it."""
        with suppress(NotFound):
            self.runner.ask(method, path, object)

    def _about(self, unit: Unit, row: AppRow) -> str:
        project = unit.session.get_one(ProjectRow, row.project_id)
        owner = unit.session.get_one(PersonRow, project.owner_id)
        return f"{self.address}wove/@{owner.handle}/{project.slug}"


def purpose(app_id: UUID, name: str) -> str:
    """Name what the value of a variable is sealed for."""
    return f"variable {name} of the app {app_id}"
