"""What can be read of checks."""

from uuid import UUID

import msgspec

from jupyter_wove.accounts import AccountStore, Action, Actor, PersonRef, authorize
from jupyter_wove.kit.units import Unit, Units
from jupyter_wove.projects.checks.models import BookRun, ProjectCheck
from jupyter_wove.projects.checks.store import CheckStore
from jupyter_wove.projects.checks.tables import CheckRow
from jupyter_wove.projects.store import ProjectStore, facts


class Checks:
    """Whether the notebooks of projects run."""

    def __init__(self, units: Units) -> None:
        self.units = units

    def of_project(self, actor: Actor, project_id: UUID) -> list[ProjectCheck]:
        """List the checks of a project, the newest first.

        Who does not work on it sees those of the published version, without their tracebacks.
        """
        with self.units.read() as unit:
            store = ProjectStore(unit.session)
            project = store.allowed(actor, project_id, Action.SEE)
            works = authorize(Action.READ_WORK, facts(project, store.role(actor.id, project_id)))
            version = None if works else project.published_version or "-"
            rows = CheckStore(unit.session).of_project(project_id, version)
            shown = seen_checks(unit, rows)
        return shown if works else [_outside(each) for each in shown]


def seen_checks(unit: Unit, rows: list[CheckRow]) -> list[ProjectCheck]:
    """Show checks as those see them who work on their project."""
    people = AccountStore(unit.session).people(row.created_by for row in rows if row.created_by)
    refs = {id_: PersonRef(person.handle, person.name) for id_, person in people.items()}
    return [_check(row, refs.get(row.created_by) if row.created_by else None) for row in rows]


def _check(row: CheckRow, by: PersonRef | None) -> ProjectCheck:
    return ProjectCheck(
        id=row.id,
        project_id=row.project_id,
        version=row.version,
        state=row.state,  # type: ignore[arg-type]  # a check of the column
        job_id=row.job_id,
        books=msgspec.convert(row.books, list[BookRun]),
        reason=row.reason,
        created=row.created,
        by=by,
        ended=row.ended,
    )


def _outside(check: ProjectCheck) -> ProjectCheck:
    books = [msgspec.structs.replace(each, traceback="") for each in check.books]
    return msgspec.structs.replace(check, books=books)
