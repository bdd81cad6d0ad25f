"""What becomes of apps when something becomes of their project, its people, or their time."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select

from jupyter_wove.deploy.hosting import Hosting
from jupyter_wove.deploy.policy import WITHIN
from jupyter_wove.deploy.store import AppStore
from jupyter_wove.deploy.tables import AppRow, DeploymentLineRow, DeploymentRow
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.jobs import Jobs
from jupyter_wove.kit.units import Units
from jupyter_wove.projects import (
    MemberChanged,
    ProjectDeleted,
    ProjectPurged,
    ProjectUndeleted,
)

IN_BIN = timedelta(days=30)
LOGS_KEPT = timedelta(days=90)

News = MemberChanged | ProjectDeleted | ProjectPurged | ProjectUndeleted


class Following:
    """Has apps follow their projects."""

    def __init__(self, units: Units, jobs: Jobs, hosting: Hosting) -> None:
        self.units = units
        self.jobs = jobs
        self.hosting = hosting

    def hear(self, event: News) -> None:
        """Do what an event calls for; a runner that does not run catches up when it starts."""
        apps = self._apps(event.project_id)
        if isinstance(event, ProjectDeleted):
            self._call_off(event.project_id)
        if self.hosting.socket.known() is None:
            return
        if isinstance(event, ProjectPurged):
            self.hosting.tell_all()
        elif isinstance(event, MemberChanged):
            self._show_out(apps, event.person_id)
        else:
            self._follow(apps, gone=isinstance(event, ProjectDeleted))

    def purge(self) -> None:
        """Let go of apps that were in the bin for 30 days, and of old logs."""
        with self.units.write() as unit:
            old = AppRow.deleted < now() - IN_BIN
            gone = list(unit.session.scalars(delete(AppRow).where(old).returning(AppRow.id)))
            ended = select(DeploymentRow.id).where(DeploymentRow.ended < now() - LOGS_KEPT)
            lines = delete(DeploymentLineRow).where(DeploymentLineRow.deployment_id.in_(ended))
            unit.session.execute(lines)
        if self.hosting.socket.known():
            self.hosting.remove(gone)

    def _apps(self, project_id: UUID) -> list[AppRow]:
        with self.units.read() as unit:
            return AppStore(unit.session).of_project(project_id)

    def _call_off(self, project_id: UUID) -> None:
        with self.units.write() as unit:
            store = AppStore(unit.session)
            for app in store.of_project(project_id):
                for deployment in store.unfinished(app.id):
                    self.jobs.cancel(unit, deployment.job_id)

    def _show_out(self, apps: list[AppRow], person_id: UUID) -> None:
        for app in apps:
            if app.access in WITHIN:
                self.hosting.show_out(app.id, person_id)

    def _follow(self, apps: list[AppRow], *, gone: bool) -> None:
        for app in apps:
            if app.release_id and gone:
                self.hosting.stop(app.id)
            elif app.release_id and not app.stopped:
                self.hosting.wake(app.id)
