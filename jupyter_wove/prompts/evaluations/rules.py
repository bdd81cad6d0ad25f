"""What a version needs before a label can mean it."""

from collections.abc import Iterator
from uuid import UUID

import msgspec

from jupyter_wove.kit.errors import Conflict
from jupyter_wove.prompts.evaluations.models import Result
from jupyter_wove.prompts.evaluations.scoring import contrast, score
from jupyter_wove.prompts.evaluations.store import EvaluationStore
from jupyter_wove.prompts.evaluations.tables import EvaluationRow


def demand(store: EvaluationStore, prompt_id: UUID, label: str, number: str, now: str) -> None:
    """Let a label mean a version that does well enough, and is not seen to do worse than now.

    The newest evaluation counts that holds the version, and the one it would take the place of,
    which is empty where there is none. Raises Conflict, which says what is missing.
    """
    rule = store.rule(prompt_id, label)
    if rule is None or number == now:
        return
    found = _newest(store, prompt_id, {number, now} - {""})
    if found is None:
        beside = f" beside {now}, which {label} means now" if now else ""
        raise Conflict(f"{label} needs an evaluation. Evaluate {number}{beside}.")
    if lacking := next(_lacking(found, number, now, rule.least), ""):
        raise Conflict(f"{label} needs a better version. {lacking}")


def _newest(store: EvaluationStore, prompt_id: UUID, numbers: set[str]) -> list[Result] | None:
    for row in store.ended(prompt_id):
        results = _results(row)
        if numbers <= {each.version for each in results}:
            return results
    return None


def _results(row: EvaluationRow) -> list[Result]:
    return msgspec.convert(row.results, list[Result])


def _lacking(results: list[Result], number: str, now: str, least: float) -> Iterator[str]:
    for each in (each for each in results if each.version == number):
        found = score(each, None)
        if found.missing:
            yield f"{number} has no score for {found.missing} rows with {each.model}."
        if found.mean is None or found.mean < least:
            has, needed = _share(found.mean), _share(least)
            yield f"{number} has {has} with {each.model}; {needed} is needed."
        yield from _worse(results, each, now)


def _worse(results: list[Result], result: Result, now: str) -> Iterator[str]:
    for base in results:
        if base.version == now and base.model == result.model:
            found = contrast(base, result)
            if found is not None and found.high is not None and found.high < 0:
                yield f"{result.version} does worse than {now} with {result.model}."


def _share(value: float | None) -> str:
    return "no score" if value is None else f"{value:.0%}"
