"""What can be done with the labels of a prompt."""

from uuid import UUID

from sqlalchemy import select

from jupyter_wove.accounts import Actor
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.errors import Conflict, NotFound
from jupyter_wove.kit.paging import Page, keyset
from jupyter_wove.kit.units import Unit
from jupyter_wove.prompts.evaluations.models import LabelRule
from jupyter_wove.prompts.evaluations.rules import demand
from jupyter_wove.prompts.evaluations.store import EvaluationStore
from jupyter_wove.prompts.evaluations.tables import LabelRuleRow
from jupyter_wove.prompts.labels.models import Label, LabelMove, LabelTarget, PromptLabel
from jupyter_wove.prompts.models import PromptLabelMoved
from jupyter_wove.prompts.policy import PromptAction
from jupyter_wove.prompts.store import LATEST, PromptStore, number_of_row
from jupyter_wove.prompts.tables import PromptLabelMoveRow, PromptLabelRow
from jupyter_wove.prompts.views import PromptViews

MOST = 50


class PromptLabels:
    """Names that mean one version of a prompt now, and may mean another later."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.store = PromptStore(unit.session)
        self.evaluations = EvaluationStore(unit.session)

    def all(self, actor: Actor, prompt_id: UUID) -> list[PromptLabel]:
        """List the labels of a prompt, with the versions they mean."""
        row = self.store.allowed(actor, prompt_id, PromptAction.SEE)
        latest = PromptLabel(LATEST, row.number, protected=True, automatic=True, least=None)
        return [latest, *map(self._view, self.store.labels(prompt_id))]

    def put(self, actor: Actor, prompt_id: UUID, label: Label, body: LabelTarget) -> PromptLabel:
        """Move a label to a version, or back to an earlier one; make it where there is none."""
        row = self._changeable(actor, prompt_id, label, body.protected)
        version = self.store.find(prompt_id, body.version)
        before = self._number(row) if row else None
        number = str(number_of_row(version))
        if not self._was(prompt_id, label, number):
            demand(self.evaluations, prompt_id, label, number, before or "")
        if row is None:
            row = PromptLabelRow(prompt_id=prompt_id, label=label, protected=False)
            self.unit.session.add(row)
        row.version_id = version.id
        row.protected = row.protected if body.protected is None else body.protected
        self._note(actor, row, before, number)
        return self._view(row)

    def require(self, actor: Actor, prompt_id: UUID, label: Label, body: LabelRule) -> PromptLabel:
        """Have a label mean only versions that are evaluated, well enough and not seen as worse.

        Back to a version that it meant before it can be put without.
        """
        row = self._ruled(actor, prompt_id, label)
        rule = LabelRuleRow(prompt_id=prompt_id, label=label, least=body.least)
        self.unit.session.merge(rule)
        self.unit.session.flush()
        return self._view(row)

    def release(self, actor: Actor, prompt_id: UUID, label: Label) -> PromptLabel:
        """Let a label mean any version again; doing it twice is the same as once."""
        row = self._ruled(actor, prompt_id, label)
        if rule := self.evaluations.rule(prompt_id, label):
            self.unit.session.delete(rule)
            self.unit.session.flush()
        return self._view(row)

    def remove(self, actor: Actor, prompt_id: UUID, label: Label) -> None:
        """Remove a label."""
        row = self._changeable(actor, prompt_id, label, None)
        if row is None:
            raise NotFound(f"There is no label {label}.")
        self._note(actor, row, self._number(row), None)
        self.unit.session.delete(row)

    def moves(
        self,
        actor: Actor,
        prompt_id: UUID,
        label: Label,
        after: str | None = None,
        limit: int = 50,
    ) -> Page[LabelMove]:
        """List which versions a label meant, and who moved it, newest first."""
        self.store.allowed(actor, prompt_id, PromptAction.SEE)
        wanted = select(PromptLabelMoveRow).where(
            PromptLabelMoveRow.prompt_id == prompt_id, PromptLabelMoveRow.label == label
        )
        order = [PromptLabelMoveRow.id.desc()]
        page = keyset(self.unit.session, wanted, order, after, limit)
        people = PromptViews(self.unit.session, actor).people(row.person_id for row in page.items)
        return Page(
            [
                LabelMove(row.label, row.before, row.after, people.get(row.person_id), row.at)
                for row in page.items
            ],
            page.next,
        )

    def _changeable(
        self, actor: Actor, prompt_id: UUID, label: str, protect: bool | None
    ) -> PromptLabelRow | None:
        """Find a label that the actor may move; only owners move, or make, a protected one."""
        self.store.allowed(actor, prompt_id, PromptAction.EDIT, lock=True)
        if label == LATEST:
            raise Conflict(f"{LATEST} is always the newest version. Move another label.")
        rows = {row.label: row for row in self.store.labels(prompt_id)}
        row = rows.get(label)
        if protect is not None or (row and row.protected):
            self.store.allowed(actor, prompt_id, PromptAction.MANAGE)
        if row is None and len(rows) >= MOST:
            raise Conflict(f"A prompt has at most {MOST} labels. Remove one first.")
        return row

    def _note(
        self, actor: Actor, row: PromptLabelRow, before: str | None, after: str | None
    ) -> None:
        if before == after:
            return
        move = PromptLabelMoveRow(prompt_id=row.prompt_id, label=row.label, at=now())
        move.before, move.after, move.person_id = before, after, actor.id
        self.unit.session.add(move)
        self.unit.session.flush()
        self.unit.emit(PromptLabelMoved(row.prompt_id, actor.id, row.label, after))

    def _ruled(self, actor: Actor, prompt_id: UUID, label: str) -> PromptLabelRow:
        self.store.allowed(actor, prompt_id, PromptAction.MANAGE, lock=True)
        rows = {row.label: row for row in self.store.labels(prompt_id)}
        if label not in rows:
            raise NotFound(f"There is no label {label}. Put it on a version first.")
        return rows[label]

    def _was(self, prompt_id: UUID, label: str, number: str) -> bool:
        moves = PromptLabelMoveRow
        known = select(moves.id).where(moves.prompt_id == prompt_id, moves.label == label)
        return self.unit.session.scalar(known.where(moves.after == number).limit(1)) is not None

    def _number(self, row: PromptLabelRow) -> str:
        version = self.store.version(row.version_id)
        return str(number_of_row(version)) if version else ""

    def _view(self, row: PromptLabelRow) -> PromptLabel:
        rule = self.evaluations.rule(row.prompt_id, row.label)
        number, least = self._number(row), rule.least if rule else None
        return PromptLabel(row.label, number, row.protected, automatic=False, least=least)
