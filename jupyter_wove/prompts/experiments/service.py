"""What can be done with experiments: begin, weigh, stop, promote, take back."""

from uuid import UUID

from jupyter_wove.accounts import Actor
from jupyter_wove.kit.columns import new_id, now
from jupyter_wove.kit.errors import Conflict, InvalidRequest
from jupyter_wove.kit.units import Unit
from jupyter_wove.prompts.experiments.models import (
    Experiment,
    ExperimentChanged,
    ExperimentStep,
    NewExperiment,
    NewWeights,
    Promotion,
    Step,
    Variant,
)
from jupyter_wove.prompts.experiments.store import RUNNING, ExperimentStore
from jupyter_wove.prompts.experiments.tables import ExperimentRow, VariantRow
from jupyter_wove.prompts.labels import PromptLabels
from jupyter_wove.prompts.labels.models import LabelTarget
from jupyter_wove.prompts.policy import PromptAction
from jupyter_wove.prompts.store import LATEST, PromptStore, number_of_row
from jupyter_wove.prompts.views import PromptViews

PRODUCTION = "production"
NOBODY = "Nobody would get any version. Leave one its share."


class Experiments:
    """Versions of a prompt that are tried side by side, each by its share of the people."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.store = ExperimentStore(unit.session)
        self.prompts = PromptStore(unit.session)

    def all(self, actor: Actor, prompt_id: UUID) -> list[Experiment]:
        """List the experiments on a prompt, newest first."""
        self.prompts.allowed(actor, prompt_id, PromptAction.EDIT)
        return [self._view(row) for row in self.store.of_prompt(prompt_id)]

    def get(self, actor: Actor, prompt_id: UUID, experiment_id: UUID) -> Experiment:
        """Read about an experiment."""
        self.prompts.allowed(actor, prompt_id, PromptAction.EDIT)
        return self._view(self.store.get(prompt_id, experiment_id))

    def history(self, actor: Actor, prompt_id: UUID, experiment_id: UUID) -> list[ExperimentStep]:
        """List who did what with an experiment, oldest first."""
        self.prompts.allowed(actor, prompt_id, PromptAction.EDIT)
        row = self.store.get(prompt_id, experiment_id)
        steps = self.store.steps(row.id)
        people = PromptViews(self.unit.session, actor).people(each.person_id for each in steps)
        return [
            ExperimentStep(each.what, each.detail, people.get(each.person_id), each.at)  # type: ignore[arg-type]
            for each in steps
        ]

    def begin(self, actor: Actor, prompt_id: UUID, body: NewExperiment) -> Experiment:
        """Give each version to its share of those who ask for a label, from now on.

        The first version is what the others are compared with.
        """
        self._may_move(actor, prompt_id, body.label)
        if self.store.running(prompt_id, body.label):
            raise Conflict(f"There is an experiment on {body.label} already. Stop it first.")
        versions = [self.prompts.find(prompt_id, each.version) for each in body.variants]
        if len({each.id for each in versions}) < len(versions):
            raise InvalidRequest("A version is named twice. Name each once, with its share.")
        if not any(each.weight for each in body.variants):
            raise InvalidRequest(NOBODY)
        row = ExperimentRow(id=new_id(), prompt_id=prompt_id, label=body.label, state=RUNNING)
        row.begun = now()
        self.unit.session.add(row)
        self.unit.session.flush()
        for position, (version, each) in enumerate(zip(versions, body.variants, strict=True)):
            variant = VariantRow(experiment_id=row.id, position=position, version_id=version.id)
            variant.weight, variant.stopped, variant.looks = each.weight, "", {}
            self.unit.session.add(variant)
        self.unit.session.flush()
        return self._noted(actor, row, "begun", self._shares(row))

    def weigh(
        self, actor: Actor, prompt_id: UUID, experiment_id: UUID, body: NewWeights
    ) -> Experiment:
        """Change the shares; only people who have to move get another version."""
        row = self._running(actor, prompt_id, experiment_id)
        variants = {self.store.number(each): each for each in self.store.variants(row.id)}
        if unknown := set(body.weights) - set(variants):
            raise InvalidRequest(f"{', '.join(sorted(unknown))} is not part of it.")
        for number, weight in body.weights.items():
            if variants[number].stopped and weight:
                raise Conflict(f"{number} was stopped. {variants[number].stopped}")
            variants[number].weight = weight
        if not any(each.weight for each in variants.values() if not each.stopped):
            raise InvalidRequest(NOBODY)
        return self._noted(actor, row, "weighed", self._shares(row))

    def stop(self, actor: Actor, prompt_id: UUID, experiment_id: UUID) -> Experiment:
        """End an experiment; everybody gets what the label means."""
        row = self._running(actor, prompt_id, experiment_id)
        row.state, row.ended = "stopped", now()
        return self._noted(actor, row, "stopped", "")

    def promote(
        self, actor: Actor, prompt_id: UUID, experiment_id: UUID, body: Promotion
    ) -> Experiment:
        """End an experiment, and move the label to one of its versions for everybody.

        Nobody can move `latest`: the label is `production` then.
        """
        row = self._running(actor, prompt_id, experiment_id)
        numbers = [self.store.number(each) for each in self.store.variants(row.id)]
        if body.version not in numbers:
            raise InvalidRequest(f"{body.version} is not part of it: {', '.join(numbers)}.")
        row.before, row.promoted = self._meaning(row), body.version
        row.state, row.ended = "promoted", now()
        PromptLabels(self.unit).put(actor, prompt_id, _target(row), LabelTarget(body.version))
        return self._noted(actor, row, "promoted", f"{_target(row)}: {body.version}")

    def roll_back(self, actor: Actor, prompt_id: UUID, experiment_id: UUID) -> Experiment:
        """Put the label back to where it was before a version was promoted."""
        self._may_move(actor, prompt_id, self.store.get(prompt_id, experiment_id).label)
        row = self.store.get(prompt_id, experiment_id)
        if row.state != "promoted":
            raise Conflict("No version of this experiment was promoted, or it was taken back.")
        if self._meaning(row) != row.promoted:
            raise Conflict(f"Somebody moved {_target(row)} since. Move the label itself.")
        labels = PromptLabels(self.unit)
        if row.before is None:
            labels.remove(actor, prompt_id, _target(row))
        else:
            labels.put(actor, prompt_id, _target(row), LabelTarget(row.before))
        row.state = "rolled back"
        return self._noted(actor, row, "rolled back", f"{_target(row)}: {row.before or 'none'}")

    # ------------------------------------------------------------------ parts

    def _may_move(self, actor: Actor, prompt_id: UUID, label: str) -> None:
        """Let those experiment with a label who may move it; others who change it wait."""
        self.prompts.allowed(actor, prompt_id, PromptAction.EDIT, lock=True)
        protected = {row.label for row in self.prompts.labels(prompt_id) if row.protected}
        if (PRODUCTION if label == LATEST else label) in protected:
            self.prompts.allowed(actor, prompt_id, PromptAction.MANAGE)

    def _running(self, actor: Actor, prompt_id: UUID, experiment_id: UUID) -> ExperimentRow:
        self.prompts.allowed(actor, prompt_id, PromptAction.EDIT, lock=True)
        row = self.store.get(prompt_id, experiment_id)
        self._may_move(actor, prompt_id, row.label)
        if row.state != RUNNING:
            raise Conflict(f"This experiment is {row.state} already.")
        return row

    def _meaning(self, row: ExperimentRow) -> str | None:
        """Tell what the label means where there is no experiment."""
        labels = {each.label: each for each in self.prompts.labels(row.prompt_id)}
        found = labels.get(_target(row))
        version = self.prompts.version(found.version_id) if found else None
        return str(number_of_row(version)) if version else None

    def _shares(self, row: ExperimentRow) -> str:
        variants = self.store.variants(row.id)
        return ", ".join(f"{self.store.number(each)}: {each.weight}" for each in variants)

    def _noted(self, actor: Actor, row: ExperimentRow, what: Step, detail: str) -> Experiment:
        self.store.note(row.id, actor.id, what, detail)
        self.unit.emit(ExperimentChanged(row.prompt_id, row.id, what, actor.id))
        return self._view(row)

    def _view(self, row: ExperimentRow) -> Experiment:
        variants = [
            Variant(self.store.number(each), each.weight, each.stopped)
            for each in self.store.variants(row.id)
        ]
        return Experiment(
            id=row.id,
            label=row.label,
            state=row.state,  # type: ignore[arg-type]
            variants=variants,
            begun=row.begun,
            ended=row.ended,
            promoted=row.promoted,
            before=row.before,
        )


def _target(row: ExperimentRow) -> str:
    return PRODUCTION if row.label == LATEST else row.label
