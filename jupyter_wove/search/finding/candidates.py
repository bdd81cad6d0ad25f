"""What comes into question: what has all words, or where nothing has, what has some."""

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

import msgspec

from jupyter_wove.search.engines import Found, KeywordEngine, Wanted
from jupyter_wove.search.queries import Question, whole

Stage = Literal["whole", "every", "any"]
MOST_LOOSE = 6  # words of which any will do; more would find everything

Seen = Callable[[Sequence[Found]], list[Found]]


class Candidates(NamedTuple):
    """What was found, of that which is seen now, and how."""

    stage: Stage
    wanted: Wanted
    found: list[Found]


def candidates(
    engine: KeywordEngine, wanted: Wanted, seen: Seen, limit: int, stage: Stage | None
) -> Candidates:
    """Find what comes into question, at one stage or at the first that has enough.

    Whole words are tried first, then beginnings of the last one where that does not fill a page;
    what has only some of the words is found where nothing has all of them.
    """
    found: list[Found] = []
    reached, asked = _stages(wanted.question)[0], wanted
    for reached in [stage] if stage else _stages(wanted.question):
        asked = _at(wanted, reached)
        found = seen(engine.find(asked))
        if len(found) > limit or (found and reached != "whole"):
            break
    return Candidates(reached, asked, found)


def _stages(question: Question) -> list[Stage]:
    stages: list[Stage] = ["whole"] if question != whole(question) else []
    return [*stages, "every", *_loose(question)]


def _loose(question: Question) -> Iterator[Stage]:
    if len(question.terms) > 1:
        yield "any"


def _at(wanted: Wanted, stage: Stage) -> Wanted:
    question = wanted.question
    if stage == "any":
        longest = sorted(question.terms, key=lambda each: -len(each.text))[:MOST_LOOSE]
        kept = tuple(each for each in question.terms if each in longest)
        question = msgspec.structs.replace(question, terms=kept)
    if stage == "whole":
        question = whole(question)
    return msgspec.structs.replace(wanted, question=question, every=stage != "any")
