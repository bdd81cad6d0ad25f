"""From what was typed to a question, and back."""

from collections.abc import Iterable
from typing import TypeVar

from jupyter_wove.search.queries.pieces import Piece, Without, pieces
from jupyter_wove.search.queries.qualifiers import written
from jupyter_wove.search.queries.question import Filter, Pattern, Question, Range, Term

MOST = 10  # of each kind of piece; what is beyond is not looked for
_COMMON = (
    "a an and are as at be by can do for from how i in is it of on or that the this to what"
    " when where which with"
)
_EVERYWHERE = frozenset(_COMMON.split())
T = TypeVar("T")


def parse(text: str) -> Question:
    """Read words, "phrases", -exclusions, /patterns/ and qualifiers; the rest is words too."""
    found = list(pieces(text))
    wanted = _of(found, Term)
    terms = [each for each in wanted if each.text.lower() not in _EVERYWHERE] or wanted
    return Question(
        terms=tuple(_first(_finished(_first(terms)))),
        without=tuple(_first(each.text for each in _of(found, Without))),
        filters=tuple(_first(_of(found, Filter))),
        ranges=tuple(_first(_of(found, Range))),
        patterns=tuple(_first(_of(found, Pattern))),
    )


def write(question: Question) -> str:
    """Write a question so that it is read as itself."""
    words = [
        *(f'-"{text}"' for text in question.without),
        *map(written, question.filters),
        *map(written, question.ranges),
        *(f"{'-' if each.no else ''}/{each.text}/" for each in question.patterns),
        *(each.text if each.prefix else f'"{each.text}"' for each in question.terms),
    ]
    return " ".join(words)


def _of(found: list[Piece], kind: type[T]) -> list[T]:
    return [each.what for each in found if isinstance(each.what, kind)]


def _first(each: Iterable[T]) -> list[T]:
    return list(dict.fromkeys(each))[:MOST]


def _finished(terms: list[Term]) -> list[Term]:
    """Take every word as it is but the last, which may still be being typed."""
    last = len(terms) - 1
    return [Term(each.text, each.prefix and number == last) for number, each in enumerate(terms)]
