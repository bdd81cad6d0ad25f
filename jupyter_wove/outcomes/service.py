"""What can be asked about what became of answers; of other people only if there are enough."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from jupyter_wove.accounts import Actor
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.contract import Raw
from jupyter_wove.kit.units import Unit
from jupyter_wove.outcomes.guarding import results
from jupyter_wove.outcomes.models import (
    Days,
    Fact,
    OutcomeReport,
    Plot,
    Rate,
    Summary,
    VariantResult,
    VersionOutcome,
)
from jupyter_wove.outcomes.plots import plots
from jupyter_wove.outcomes.store import OutcomeStore
from jupyter_wove.outcomes.summaries import FEWEST, by_number, summary
from jupyter_wove.prompts import ExperimentStore, PromptAction, PromptStore, number_of

RATES = ("accepted", "untouched", "ran", "lasted")
PARTS = ("count", "of", "low", "high")
PLAIN = (
    *("answers", "seconds", "tokens", "dollars", "unpriced"),
    *("dollars_per_accepted", "tokens_per_accepted"),
)


class Outcomes:
    """What became of answers: accepted, run, still there, and what they cost."""

    def __init__(self, unit: Unit) -> None:
        self.store = OutcomeStore(unit.session)
        self.prompts = PromptStore(unit.session)
        self.experiments = ExperimentStore(unit.session)

    def of_prompt(self, actor: Actor, prompt_id: UUID, days: Days = 90) -> OutcomeReport:
        """Tell what became of the answers of each version of a prompt."""
        report = _report(actor, self._facts(actor, prompt_id, days), days)
        report.versions.sort(key=lambda each: number_of(each.number), reverse=True)
        return report

    def table(self, actor: Actor, prompt_id: UUID, days: Days = 90) -> Raw:
        """Download what became of the answers of each version, as CSV."""
        row = self.prompts.allowed(actor, prompt_id, PromptAction.SEE)
        report = self.of_prompt(actor, prompt_id, days)
        return Raw(_csv(report.versions), "text/csv; charset=utf-8", f"{row.name}-outcomes.csv")

    def plots(self, actor: Actor, prompt_id: UUID, days: Days = 90) -> list[Plot]:
        """Draw what became of the answers of each version, week by week."""
        return plots(self._facts(actor, prompt_id, days))

    def of_task(self, actor: Actor, task: str, days: Days = 90) -> OutcomeReport:
        """Tell what became of the answers to a button at a cell: explain, fix, and the like."""
        return _report(actor, self.store.of_task(task, _since(days)), days)

    def results(self, actor: Actor, prompt_id: UUID, experiment_id: UUID) -> list[VariantResult]:
        """Compare the versions in an experiment with its first one."""
        self.prompts.allowed(actor, prompt_id, PromptAction.EDIT)
        self.experiments.get(prompt_id, experiment_id)
        variants = self.experiments.variants(experiment_id)
        numbers = [self.experiments.number(each) for each in variants]
        return results(numbers, by_number(self.store.of_experiment(experiment_id)))

    def _facts(self, actor: Actor, prompt_id: UUID, days: int) -> list[Fact]:
        self.prompts.allowed(actor, prompt_id, PromptAction.SEE)
        return self.store.of_prompt(prompt_id, _since(days))


def _since(days: int) -> datetime:
    return now() - timedelta(days=days)


def _report(actor: Actor, facts: Iterable[Fact], days: int) -> OutcomeReport:
    shown = [_version(actor, number, found) for number, found in by_number(facts).items()]
    return OutcomeReport(days, FEWEST, [each for each in shown if each.all or each.mine])


def _version(actor: Actor, number: str, facts: Sequence[Fact]) -> VersionOutcome:
    mine = [each for each in facts if each.person_id == actor.id]
    return VersionOutcome(number, summary(facts), summary(mine, 1))


def _csv(versions: Sequence[VersionOutcome]) -> bytes:
    written = io.StringIO()
    rates = [f"{name}_{part}" for name in RATES for part in PARTS]
    table = csv.writer(written)
    table.writerow(["version", "whose", *PLAIN, *rates])
    for each in versions:
        for whose, found in (("everybody", each.all), ("mine", each.mine)):
            if found is not None:
                table.writerow([each.number, whose, *_values(found)])
    return written.getvalue().encode()


def _values(found: Summary) -> list[object]:
    values = [getattr(found, name) for name in PLAIN]
    for name in RATES:
        rate: Rate | None = getattr(found, name)
        values += [getattr(rate, part) if rate else None for part in PARTS]
    return values
