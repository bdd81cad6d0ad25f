"""What became of answers, in numbers: of five people and more, or of one for themselves."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from statistics import median
from uuid import UUID

from jupyter_wove.ai import dollars
from jupyter_wove.outcomes.models import EditFact, Fact, Rate, Summary
from jupyter_wove.outcomes.statistics import wilson

FEWEST = 5  # people, of whom anything is shown to others
TAKEN = {"accepted", "edited"}
DECIDED = TAKEN | {"rejected", "withdrawn"}

Edits = list[tuple[UUID, EditFact]]  # with who asked for them


def summary(facts: Sequence[Fact], least: int = FEWEST) -> Summary | None:
    """Sum up what became of answers; None where they are of fewer people."""
    if people(fact.person_id for fact in facts) < max(least, 1):
        return None
    edits = [(fact.person_id, edit) for fact in facts for edit in fact.edits]
    taken = [each for each in judged(edits) if each[1].state in TAKEN]
    picos, tokens = sum(each.picos for each in facts), sum(each.tokens for each in facts)
    all_taken = sum(edit.state in TAKEN for _, edit in edits)
    is_told = people(who for who, edit in edits if edit.state in TAKEN) >= least
    count = all_taken if is_told else 0
    return Summary(
        answers=len(facts),
        accepted=rate(judged(edits), least, lambda edit: edit.state in TAKEN),
        untouched=rate(taken, least, lambda edit: edit.state == "accepted"),
        ran=rate(ran(edits), least, lambda edit: bool(edit.ran_well)),
        lasted=rate(_looked_at(edits), least, lambda edit: bool(edit.lasted)),
        seconds=_seconds(taken, least),
        tokens=tokens,
        dollars=dollars(picos),
        unpriced=sum(each.unpriced for each in facts),
        dollars_per_accepted=dollars(round(picos / count)) if count else None,
        tokens_per_accepted=round(tokens / count) if count else None,
    )


def rate(edits: Edits, least: int, holds: Callable[[EditFact], bool]) -> Rate | None:
    """Tell of how many changes something holds; None where they are of too few people."""
    if people(who for who, _ in edits) < max(least, 1):
        return None
    count = sum(holds(edit) for _, edit in edits)
    low, high = wilson(count, len(edits))
    return Rate(count, len(edits), count / len(edits), low, high)


def judged(edits: Edits) -> Edits:
    """Choose the changes that somebody decided on, having seen them."""
    return [each for each in edits if each[1].state in DECIDED and not each[1].is_automatic]


def ran(edits: Edits) -> Edits:
    """Choose the changes that were taken, and whose cell was run since."""
    return [each for each in edits if each[1].state in TAKEN and each[1].ran_well is not None]


def people(ids: Iterable[UUID]) -> int:
    """Count people."""
    return len(set(ids))


def by_number(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    """Put together what belongs to a version; the one that was used last comes first."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(fact.number, []).append(fact)
    return found


def _looked_at(edits: Edits) -> Edits:
    return [each for each in edits if each[1].state in TAKEN and each[1].lasted is not None]


def _seconds(taken: Edits, least: int) -> float | None:
    if people(who for who, _ in taken) < max(least, 1):
        return None
    return median(_waits(taken))


def _waits(taken: Edits) -> Iterator[float]:
    for _, edit in taken:
        if edit.decided is not None:
            yield (edit.decided - edit.proposed).total_seconds()
