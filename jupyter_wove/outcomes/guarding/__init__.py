"""How versions in an experiment compare, and taking out one that is surely worse.

The guard looks at a version when the smaller of both numbers of decisions reaches 20, 40, 80 and
so on, of at least five people on each side. Each look may be wrong by its own part of the doubt,
so that all looks together, at all versions and both rails, are wrong with 5 % at most.
"""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from jupyter_wove.kit.units import Units
from jupyter_wove.outcomes.models import EditFact, Fact, VariantResult, Verdict
from jupyter_wove.outcomes.statistics import chance, difference, doubt_of_look
from jupyter_wove.outcomes.store import OutcomeStore
from jupyter_wove.outcomes.summaries import (
    FEWEST,
    TAKEN,
    Edits,
    by_number,
    judged,
    people,
    ran,
    summary,
)
from jupyter_wove.prompts import (
    ExperimentChanged,
    ExperimentRow,
    ExperimentStore,
    VariantRow,
)

FIRST_LOOK = 20  # decisions on each side; the next one is at twice as many
DOUBT = 0.05
RAILS: dict[str, tuple[Callable[[Edits], Edits], Callable[[EditFact], bool], str]] = {
    "rejected": (judged, lambda edit: edit.state not in TAKEN, "were turned down"),
    "failed": (ran, lambda edit: not edit.ran_well, "failed when they were run"),
}


def results(numbers: Sequence[str], facts: Mapping[str, list[Fact]]) -> list[VariantResult]:
    """Compare the versions with the first one."""
    baseline = _edits(facts.get(numbers[0], []))
    return [
        _result(number, facts.get(number, []), None if at == 0 else baseline)
        for at, number in enumerate(numbers)
    ]


def _result(number: str, facts: list[Fact], baseline: Edits | None) -> VariantResult:
    edits = _edits(facts)
    accepted = _compared(judged, edits, baseline, lambda edit: edit.state in TAKEN)
    fine = _compared(ran, edits, baseline, lambda edit: bool(edit.ran_well))
    return VariantResult(
        number, baseline is None, summary(facts), *_verdict(accepted), *_verdict(fine)
    )


def _compared(
    chosen: Callable[[Edits], Edits],
    edits: Edits,
    baseline: Edits | None,
    holds: Callable[[EditFact], bool],
) -> tuple[float, float] | None:
    """Tell between what the difference lies; None where there is nothing to tell yet."""
    one, other = chosen(edits), chosen(baseline or [])
    if min(people(who for who, _ in each) for each in (one, other)) < FEWEST:
        return None
    look = look_of(one, other)
    doubt = doubt_of_look(max(look, 1), DOUBT)
    return difference(_counted(one, holds), _counted(other, holds), doubt)


def _verdict(found: tuple[float, float] | None) -> tuple[Verdict, tuple[float, float] | None]:
    if found is None or found[0] <= 0 <= found[1]:
        return "cannot tell yet", found
    return ("better" if found[0] > 0 else "worse"), found


def look_of(one: Edits, other: Edits) -> int:
    """Number the look that is due by now; none before there are enough decisions."""
    return (min(len(one), len(other)) // FIRST_LOOK).bit_length()


def _edits(facts: Sequence[Fact]) -> Edits:
    return [(fact.person_id, edit) for fact in facts for edit in fact.edits]


def _counted(edits: Edits, holds: Callable[[EditFact], bool]) -> tuple[int, int]:
    return sum(holds(edit) for _, edit in edits), len(edits)


class Guard:
    """Takes versions out of experiments."""

    def __init__(self, units: Units) -> None:
        self.units = units

    def look(self, experiment_id: UUID) -> None:
        """Look at the versions of an experiment, if it is time to."""
        with self.units.write() as unit:
            row = unit.session.get(ExperimentRow, experiment_id, with_for_update=True)
            if row is None or row.state != "running":
                return
            store = ExperimentStore(unit.session)
            facts = by_number(OutcomeStore(unit.session).of_experiment(experiment_id))
            first, *others = store.variants(experiment_id)
            baseline = _edits(facts.get(store.number(first), []))
            for each in others:
                edits = _edits(facts.get(store.number(each), []))
                why = "" if each.stopped else _worse(each, edits, baseline, len(others))
                if why:
                    each.stopped = why
                    store.note(row.id, None, "excluded", f"{store.number(each)}: {why}")
                    unit.emit(ExperimentChanged(row.prompt_id, row.id, "excluded", None))


def _worse(row: VariantRow, edits: Edits, baseline: Edits, others: int) -> str:
    """Look at a version by each rail; return why it is to go, if it is."""
    for rail, (chosen, holds, said) in RAILS.items():
        one, other = chosen(edits), chosen(baseline)
        look, fewest = look_of(one, other), min(_people(one), _people(other))
        if look <= row.looks.get(rail, 0) or fewest < FEWEST:
            continue
        row.looks = row.looks | {rail: look}
        here, there = _counted(one, holds), _counted(other, holds)
        if chance(here, there) < doubt_of_look(look, DOUBT / (len(RAILS) * others)):
            return f"{_share(here)} of its changes {said}, and {_share(there)} of the first's."
    return ""


def _people(edits: Edits) -> int:
    return people(who for who, _ in edits)


def _share(counted: tuple[int, int]) -> str:
    return f"{100 * counted[0] / counted[1]:.0f} %"
