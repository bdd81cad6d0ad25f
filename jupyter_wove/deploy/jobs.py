"""The job that carries a deployment out: it builds, has it checked, and serves it."""

import time
from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from jupyter_wove.deploy.carrying import Record, failure
from jupyter_wove.deploy.deployments.models import KEPT, DeployArguments
from jupyter_wove.deploy.hosting import Hosting
from jupyter_wove.deploy.models import UNFINISHED, AppDeployed, DeploymentFailed
from jupyter_wove.deploy.store import AppStore
from jupyter_wove.deploy.tables import AppRow, DeploymentRow, ReleaseRow
from jupyter_wove.deploy.views import plan_of
from jupyter_wove.kit.columns import new_id, now
from jupyter_wove.kit.errors import Cancelled, Conflict, Unavailable, WoveError
from jupyter_wove.kit.jobs import JobRun, Jobs, Kind
from jupyter_wove.kit.units import Units
from jupyter_wove.projects import ProjectRow, Workspaces, tarred
from jupyter_wove.runner import BuildOrder, Built, Failed, Line, Live, Message, Release, Stage

PAUSE = 0.1  # seconds between two looks at whether it is one's turn
ENDS = (Built, Live, Failed)


def release_kind(units: Units, workspaces: Workspaces, jobs: Jobs, hosting: Hosting) -> Kind:
    """Say who carries deployments out."""
    carrying = Carrying(units, workspaces, jobs, hosting)
    return Kind(DeployArguments, carrying.run, ended=ended)


class Carrying:
    """Carries deployments out; the runner does the work."""

    def __init__(self, units: Units, workspaces: Workspaces, jobs: Jobs, hosting: Hosting) -> None:
        self.units = units
        self.workspaces = workspaces
        self.jobs = jobs
        self.hosting = hosting

    def run(self, run: JobRun, arguments: DeployArguments) -> None:
        """Build a version and serve it, or say why that cannot be."""
        with self.units.read() as unit:
            store = AppStore(unit.session)
            row = store.deployment(arguments.deployment_id)
            record = Record(run, row, store.length(row.id))
            app = store.get(row.app_id)
        if row.ended:
            return
        if run.attempt > 1:
            record.say("This was interrupted, and begins again.")
        self._take_turn(run, row)
        release = self._built(run, record, row, app)
        if release is not None:
            self._serve(run, record, row, release)

    # ------------------------------------------------------------------ its turn

    def _take_turn(self, run: JobRun, row: DeploymentRow) -> None:
        """Wait until no earlier deployment of the app is at work. Raises Cancelled."""
        while self._earlier(row):
            run.check()
            time.sleep(PAUSE)

    def _earlier(self, row: DeploymentRow) -> bool:
        """Tell whether an earlier one is at work; end those whose worker has gone."""
        with self.units.read() as unit:
            earlier = AppStore(unit.session).unfinished(row.app_id, before=row.number)
            left = [each for each in earlier if not self.jobs.is_held(unit, each.job_id)]
        for each in left:
            with self.units.write() as unit:
                self.jobs.cancel(unit, each.job_id)
                AppStore(unit.session).advance(each.id, UNFINISHED, "cancelled")
        return len(earlier) > len(left)

    # ------------------------------------------------------------------ building

    def _built(
        self, run: JobRun, record: Record, row: DeploymentRow, app: AppRow
    ) -> ReleaseRow | None:
        """Find what is to be served, or build it; None where that failed."""
        if row.release_id:
            with self.units.read() as unit:
                return AppStore(unit.session).release(row.release_id)
        build = _build_of(run, row)
        self._send(run, row, app, build)
        order = BuildOrder(build, app.id, self._owner(app), plan_of(row.plan))
        end = self._followed(record, self.hosting.runner.follow("/v1/builds", order))
        if isinstance(end, Built):
            return self._keep(run, row, end)
        self._fail(run, row, end)
        return None

    def _send(self, run: JobRun, row: DeploymentRow, app: AppRow, build: UUID) -> None:
        """Send the files of the version."""
        with self.units.read() as unit:
            project = unit.session.get_one(ProjectRow, app.project_id)
        pieces = tarred(self.workspaces.repository(project), row.version)
        run.progress(0, 0, "Sending the files")
        self.hosting.runner.send(f"/v1/builds/{build}/source", _while_wanted(run, pieces))

    def _owner(self, app: AppRow) -> UUID:
        with self.units.read() as unit:
            return unit.session.get_one(ProjectRow, app.project_id).owner_id

    def _keep(self, run: JobRun, row: DeploymentRow, built: Built) -> ReleaseRow:
        release = ReleaseRow(id=new_id(), app_id=row.app_id, version=row.version, plan=row.plan)
        release.image, release.site, release.lock = built.image, built.site, built.lock
        release.size, release.state, release.created = built.size, "built", now()
        with run.unit() as unit:
            store = AppStore(unit.session)
            release.number = store.next_release(row.app_id)
            unit.session.add(release)
            unit.session.flush()
            store.deployment(row.id).release_id = release.id
        return release

    # ------------------------------------------------------------------ serving

    def _serve(self, run: JobRun, record: Record, row: DeploymentRow, release: ReleaseRow) -> None:
        """Have a release checked where it is served; what was served stays if it is not well."""
        self.hosting.tell(row.app_id)
        asked = Release(release.id, plan_of(release.plan), release.image, release.site)
        try:
            end = self._followed(record, self.hosting.release(row.app_id, asked))
        except (Cancelled, Unavailable):
            if not self._switched(run, row, release):
                raise
            end = Live("")  # it was too late to stop it
        if isinstance(end, Live):
            self._live(run, row, release, end.url)
        else:
            self._fail(run, row, end)

    def _switched(self, run: JobRun, row: DeploymentRow, release: ReleaseRow) -> bool:
        """Tell whether a release is served although nobody waited for it."""
        if run.reason == "replaced":
            return False
        try:
            return self.hosting.serves(row.app_id, release.id)
        except WoveError:
            return False

    def _live(self, run: JobRun, row: DeploymentRow, release: ReleaseRow, url: str) -> None:
        with run.unit() as unit:
            store = AppStore(unit.session)
            if not store.advance(row.id, UNFINISHED, "live"):
                raise Cancelled("This deployment has ended.")
            app = store.get(row.app_id)
            app.release_id, app.deployed, app.stopped = release.id, now(), False
            app.url = url or app.url
            store.release(release.id).state = "good"
            unit.emit(AppDeployed(app.id, app.project_id, release.id, by=row.created_by))
            binned = app.deleted is not None
        if binned:  # while its visitors were switched
            self.hosting.stop(row.app_id)
        self._forget_old(run, row.app_id)

    def _forget_old(self, run: JobRun, app_id: UUID) -> None:
        """Let go of the releases that nobody can go back to any more, and of failed ones."""
        with self.units.read() as unit:
            store = AppStore(unit.session)
            wanted = {each.release_id for each in store.unfinished(app_id)}
            wanted.add(store.get(app_id).release_id)
            releases = [each for each in store.releases(app_id) if each.id not in wanted]
        good = [each for each in releases if each.state == "good"][KEPT:]
        for each in [*good, *(each for each in releases if each.state in {"failed", "built"})]:
            with suppress(Conflict):  # visitors see it, although nobody here knows of that
                self.hosting.forget(app_id, each.id)
                self._forgotten(run, each.id)

    def _forgotten(self, run: JobRun, release_id: UUID) -> None:
        with run.unit() as unit:
            AppStore(unit.session).release(release_id).state = "forgotten"

    # ------------------------------------------------------------------ both

    def _followed(self, record: Record, work: Generator[Message | None]) -> Message:
        """Follow what the runner does to its end. Raises Cancelled, Unavailable."""
        with closing(work) as messages:
            for message in messages:
                if isinstance(message, ENDS):
                    record.keep()
                    return message
                if isinstance(message, Stage):
                    record.enter(message)
                elif isinstance(message, Line):
                    record.add(message)
                record.tend()
        record.keep()
        raise Unavailable("The runner stopped before it was done. Try again.")

    def _fail(self, run: JobRun, row: DeploymentRow, end: Message) -> None:
        if not isinstance(end, Failed):
            raise Unavailable("The runner said something else than was asked. Update it.")
        with run.unit() as unit:
            store = AppStore(unit.session)
            store.advance(row.id, UNFINISHED, "failed", **failure(end))
            if release_id := store.deployment(row.id).release_id:
                _not_good(store.release(release_id))
            app = store.get(row.app_id)
            unit.emit(DeploymentFailed(app.id, app.project_id, row.id, by=row.created_by))
        if release_id and not row.rolls_back:  # nobody can go back to it
            with suppress(Conflict):
                self.hosting.forget(row.app_id, release_id)


def ended(
    session: Session, arguments: DeployArguments, state: str, problem: dict[str, Any] | None
) -> None:
    """End the deployment of a job that ended before it could say how."""
    store = AppStore(session)
    if problem:
        reason = {"reason": problem["detail"]}
        store.advance(arguments.deployment_id, UNFINISHED, "failed", **reason)
    else:
        store.advance(arguments.deployment_id, UNFINISHED, "cancelled")


def _build_of(run: JobRun, row: DeploymentRow) -> UUID:
    """Name the build of an attempt: the files of an earlier one may still be removed."""
    return row.id if run.attempt == 1 else uuid5(row.id, str(run.attempt))


def _not_good(release: ReleaseRow) -> None:
    """Note that a release failed, unless it has served visitors before."""
    if release.state == "built":
        release.state = "failed"


def _while_wanted(run: JobRun, pieces: Iterator[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        run.check()
        yield piece
