"""What agents may do only with somebody's leave: who is asked, and what they say."""

from collections.abc import Callable
from typing import Literal
from uuid import UUID

from jupyter_wove.accounts import AccountStore, Actor, PersonRef, PersonRow, Role
from jupyter_wove.ai.agents.models import Approval, Leave, Risk
from jupyter_wove.ai.agents.store import NONE, RunStore
from jupyter_wove.ai.agents.tables import ApprovalRow, RunRow
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.errors import Conflict, Forbidden, NotFound
from jupyter_wove.kit.units import Units
from jupyter_wove.projects import Projects


class Approvals:
    """Questions of agents. Who asked for the work answers them, or an owner of the project."""

    def __init__(self, units: Units, projects: Projects, go_on: Callable[[str], None]) -> None:
        self.units = units
        self.projects = projects
        self.go_on = go_on  # called with the name of a chat

    def waiting(self, actor: Actor) -> list[Approval]:
        """List the questions that this person can answer, newest first."""
        with self.units.read() as unit:
            found = RunStore(unit.session).waiting()
        mine = [(row, run) for row, run in found if self._may_decide(actor, run)]
        return [self._view(row, run, may_decide=True) for row, run in mine]

    def look(self, actor: Actor, approval_id: UUID) -> Approval:
        """Show a question, and what became of it, to whoever may see what it is about."""
        row, run = self._found(actor, approval_id)
        return self._view(row, run, may_decide=self._may_decide(actor, run))

    def approve(self, actor: Actor, approval_id: UUID, body: Leave) -> Approval:
        """Let an agent do what it asks for, once; 409 where that was decided already."""
        return self._decided(actor, approval_id, "approved", body.note)

    def reject(self, actor: Actor, approval_id: UUID, body: Leave) -> Approval:
        """Refuse what an agent asks for, and tell it why; 409 where that was decided already."""
        return self._decided(actor, approval_id, "rejected", body.note)

    def stop(self, actor: Actor, approval_id: UUID) -> Approval:
        """End the work that waits for this: nothing else of it is done, and nobody is asked.

        409 where it does not wait, but is at work or at its end.
        """
        row, run = self._found(actor, approval_id)
        self._demand(actor, run)
        with self.units.write() as unit:
            store = RunStore(unit.session)
            if not store.take(run.id, now()):
                raise Conflict("This does not wait for anybody. Stop what is at work in the chat.")
            store.end(run.id, now())
            row = store.approval(approval_id)
        return self._view(row, run, may_decide=False)

    def _decided(
        self, actor: Actor, approval_id: UUID, state: Literal["approved", "rejected"], note: str
    ) -> Approval:
        _, run = self._found(actor, approval_id)
        self._demand(actor, run)
        with self.units.write() as unit:
            row = RunStore(unit.session).approval(approval_id)
            if row.state != "waiting":
                raise Conflict(f"This was {row.state} already.")
            row.state, row.note, row.decided, row.decided_by = state, note, now(), actor.id
        self.go_on(run.chat)
        return self._view(row, run, may_decide=False)

    def _found(self, actor: Actor, approval_id: UUID) -> tuple[ApprovalRow, RunRow]:
        with self.units.read() as unit:
            row, run = RunStore(unit.session).look(approval_id)
        role = self.projects.role_around(actor, run.path)
        if run.person_id != actor.id and role is not None and role < Role.VIEWER:
            raise NotFound(NONE)
        return row, run

    def _demand(self, actor: Actor, run: RunRow) -> None:
        if actor.via == "key":
            # What an agent runs may hold a key, and would answer itself.
            raise Forbidden("A key cannot answer an agent. Do it in JupyterLab.")
        if not self._may_decide(actor, run):
            raise Forbidden("Only who asked the agent can answer it, or an owner of the project.")

    def _may_decide(self, actor: Actor, run: RunRow) -> bool:
        if run.person_id == actor.id:
            return True
        return self.projects.role_around(actor, run.path) is Role.OWNER

    def _view(self, row: ApprovalRow, run: RunRow, *, may_decide: bool) -> Approval:
        with self.units.read() as unit:
            accounts = AccountStore(unit.session)
            asked_by = _ref(accounts.person(run.person_id))
            decider = row.decided_by and accounts.person(row.decided_by)
        return Approval(
            id=row.id,
            tool=row.tool,
            title=row.title,
            shown=row.shown,
            arguments=row.arguments,
            risk=Risk(row.risk),
            state=row.state,  # type: ignore[arg-type] # nothing else is ever written
            asked_by=asked_by,
            may_decide=may_decide and row.state == "waiting",
            created=row.created,
            decided=row.decided,
            decided_by=_ref(decider) if decider else None,
            note=row.note,
        )


def _ref(person: PersonRow) -> PersonRef:
    return PersonRef(person.handle, person.name)
