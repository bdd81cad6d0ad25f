"""Facts as the index keeps them: each a word of the documents of which it holds."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from jupyter_wove.search.engines import State
from jupyter_wove.search.engines.embedded.words.facts import LONGEST, folded, implications
from jupyter_wove.search.engines.postgresql.connections import Speech, count_alone
from jupyter_wove.search.engines.postgresql.words import schema
from jupyter_wove.search.facts import Fact
from jupyter_wove.search.texts import FACT, IMPLIED, clean


class Mark(NamedTuple):
    """That a fact holds of a project: as its own or of a part; for everybody to see or not."""

    kind: str
    folded: str
    value: str
    own: bool
    public: bool


Marks = dict[tuple[str, str], Mark]  # by kind and value


def held(kind: str, value: str) -> str:
    """Write as a word that a fact holds."""
    return f"{FACT}{kind}:{folded(value)}"


def implied(kind: str, value: str) -> str:
    """Write as a word that a fact is implied."""
    return f"{IMPLIED}{kind}:{folded(value)}"


def written(facts: Iterable[Fact]) -> Iterator[str]:
    """Write facts, and what they imply, as words."""
    for fact in facts:
        yield held(fact.kind, fact.value)
        yield from (implied(*each) for each in implications(fact))


def shown(value: str) -> str:
    """Write a value as it is shown."""
    return clean(value, LONGEST).strip()


def rows(part: int, facts: Iterable[Fact]) -> list[dict[str, Any]]:
    """Write the facts of a part as rows, each once."""
    kept = {(each.kind, folded(each.value)): shown(each.value) for each in facts}
    return [
        {"part": part, "kind": kind, "folded": key, "value": value}
        for (kind, key), value in sorted(kept.items())
    ]


def settle(speech: Speech, project: int, state: State | None) -> None:
    """Note which facts hold of a project, and how many may be seen by everybody."""
    was = _by_key(speech.ask(schema.MARKS, {"project": project}))
    now = _now(speech, project, state) if state else {}
    gone, new = was.keys() - now, [mark for key, mark in now.items() if was.get(key) != mark]
    speech.say_each(schema.PUT_MARK, [{"project": project, **mark._asdict()} for mark in new])
    keys = [{"project": project, "kind": kind, "folded": key} for kind, key in gone]
    speech.say_each(schema.FORGET_MARK, keys)
    if speech.counts:
        _count(speech, was, now)


def _count(speech: Speech, was: Marks, now: Marks) -> None:
    """Count facts, those as well that nobody sees yet: their days and names are looked up."""
    changes = {
        key: _public(now.get(key)) - _public(was.get(key)) for key in was.keys() | now.keys()
    }
    rows = [
        {"kind": key[0], "folded": key[1], "value": (now.get(key) or was[key]).value, "change": by}
        for key, by in changes.items()
        if by or key not in was
    ]
    if rows:
        count_alone(speech)
        speech.say_each(schema.COUNT_FACT, rows)


def _now(speech: Speech, project: int, state: State) -> Marks:
    marks = _by_key(speech.ask(schema.PART_FACTS, {"project": project}))
    own = (
        Mark(each.kind, folded(each.value), shown(each.value), own=True, public=bool(state.public))
        for each in state.facts
    )
    return marks | {(mark.kind, mark.folded): mark for mark in own}


def _by_key(rows: Iterable[tuple[Any, ...]]) -> Marks:
    marks = (Mark(*row) for row in rows)
    return {(mark.kind, mark.folded): mark for mark in marks}


def _public(mark: Mark | None) -> int:
    return int(mark.public) if mark else 0
