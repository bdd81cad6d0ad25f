"""What can be done with evaluations: begin one, end it with what came of it, read them."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import select

from jupyter_wove.accounts import Actor
from jupyter_wove.kit.columns import new_id, now
from jupyter_wove.kit.errors import Conflict, Forbidden, InvalidRequest
from jupyter_wove.kit.paging import Page, keyset
from jupyter_wove.kit.units import Unit
from jupyter_wove.prompts.evaluations.models import Evaluation, NewEvaluation, Result, Results
from jupyter_wove.prompts.evaluations.scoring import contrasts, scores
from jupyter_wove.prompts.evaluations.store import EvaluationStore
from jupyter_wove.prompts.evaluations.tables import EvaluationRow
from jupyter_wove.prompts.policy import PromptAction
from jupyter_wove.prompts.store import PromptStore, number_of_row
from jupyter_wove.prompts.views import PromptViews

MOST = 200
FULL = f"A prompt has at most {MOST} evaluations. Delete one that nobody needs."
Costs = Callable[[UUID, str, str, datetime], str | None]
"""Tells what a person spent on evaluating a version with a model since a moment, in dollars."""


class Evaluations:
    """Evaluations of prompts. They run where their data are; here is kept what came of them."""

    def __init__(self, unit: Unit, costs: Costs) -> None:
        self.unit = unit
        self.costs = costs
        self.store = EvaluationStore(unit.session)
        self.prompts = PromptStore(unit.session)

    def all(
        self, actor: Actor, prompt_id: UUID, after: str | None = None, limit: int = 20
    ) -> Page[Evaluation]:
        """List the evaluations of a prompt, newest first."""
        self.prompts.allowed(actor, prompt_id, PromptAction.SEE)
        wanted = select(EvaluationRow).where(EvaluationRow.prompt_id == prompt_id)
        page = keyset(self.unit.session, wanted, [EvaluationRow.id.desc()], after, limit)
        return Page([self._view(actor, row) for row in page.items], page.next)

    def begin(self, actor: Actor, prompt_id: UUID, body: NewEvaluation) -> Evaluation:
        """Begin one: the versions are those that the names mean now."""
        self.prompts.allowed(actor, prompt_id, PromptAction.EDIT, lock=True)
        if self.store.count(prompt_id) >= MOST:
            raise Conflict(FULL)
        found = (self.prompts.find(prompt_id, each) for each in body.versions)
        body.versions = list(dict.fromkeys(str(number_of_row(each)) for each in found))
        body.models = list(dict.fromkeys(body.models))
        row = EvaluationRow(id=new_id(), prompt_id=prompt_id, person_id=actor.id, begun=now())
        row.asked, row.results, row.spent = msgspec.to_builtins(body), [], []
        self.unit.session.add(row)
        self.unit.session.flush()
        return self._view(actor, row)

    def end(self, actor: Actor, prompt_id: UUID, evaluation_id: UUID, body: Results) -> Evaluation:
        """Keep what came of it, once; what it cost is read from the ledger."""
        self.prompts.allowed(actor, prompt_id, PromptAction.EDIT)
        row = self.store.one(prompt_id, evaluation_id)
        if row.person_id != actor.id:
            raise Forbidden("Only who began an evaluation can end it.")
        if row.ended is not None:
            raise Conflict("This evaluation has ended already. Begin another one.")
        _check(msgspec.convert(row.asked, NewEvaluation), body.results)
        row.results = msgspec.to_builtins(body.results)
        row.spent = [self._cost(actor, row, each) for each in body.results]
        row.ended = now()
        return self._view(actor, row)

    def remove(self, actor: Actor, prompt_id: UUID, evaluation_id: UUID) -> None:
        """Delete one."""
        self.prompts.allowed(actor, prompt_id, PromptAction.EDIT)
        self.unit.session.delete(self.store.one(prompt_id, evaluation_id))

    def _cost(self, actor: Actor, row: EvaluationRow, result: Result) -> str | None:
        return self.costs(actor.id, f"{row.id}@{result.version}", result.model, row.begun)

    def _view(self, actor: Actor, row: EvaluationRow) -> Evaluation:
        asked = msgspec.convert(row.asked, NewEvaluation)
        results = msgspec.convert(row.results, list[Result])
        spent = {(each.version, each.model): cost for each, cost in zip(results, row.spent)}  # noqa: B905
        people = PromptViews(self.unit.session, actor).people([row.person_id])
        return Evaluation(
            id=row.id,
            by=people.get(row.person_id),
            begun=row.begun,
            ended=row.ended,
            versions=list(asked.versions),
            models=list(asked.models),
            rows=asked.rows,
            graders=list(asked.graders),
            data=asked.data,
            notebook=asked.notebook,
            scores=scores(results, lambda each: spent.get((each.version, each.model))),
            contrasts=list(contrasts(results)),
        )


def _check(asked: NewEvaluation, results: list[Result]) -> None:
    """Let nothing be kept that was not asked for, or that has other rows."""
    seen = set[tuple[str, str]]()
    for each in results:
        if each.version not in asked.versions or each.model not in asked.models:
            raise InvalidRequest(f"{each.version} with {each.model} was not to be evaluated.")
        if (each.version, each.model) in seen:
            raise InvalidRequest(f"{each.version} with {each.model} is there twice.")
        if not len(each.scores) == len(each.seconds) == asked.rows:
            raise InvalidRequest(f"There are {asked.rows} rows; send as many scores and seconds.")
        seen.add((each.version, each.model))
