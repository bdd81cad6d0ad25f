"""What was probably meant, and how what was found can be narrowed."""

from collections.abc import Mapping, Sequence

from jupyter_wove.search.engines import Count
from jupyter_wove.search.facts import FactKind
from jupyter_wove.search.models import Facet, FacetName, FacetValue, Fragment, Meant
from jupyter_wove.search.queries import Choice, Question, Term, chosen, pieces, toggled

MOST_VALUES = 12  # of a facet


def corrected(question: Question) -> list[str]:
    """List the words of a question that may have been mistyped."""
    return [each.text for each in question.terms if " " not in each.text]


def suggestion(typed: str, meant: Mapping[str, str]) -> Meant:
    """Write down what was typed with other words in the place of some."""
    text: list[Fragment] = []
    end = 0
    for piece in pieces(typed):
        if isinstance(piece.what, Term) and piece.what.text in meant:
            text.append(Fragment(typed[end : piece.start], False))
            text.append(Fragment(_instead(piece.what, typed[piece.start], meant), True))
            end = piece.end
    kept = [each for each in [*text, Fragment(typed[end:], False)] if each.text]
    return Meant(kept, "".join(each.text for each in kept))


def facets_of(
    typed: str, names: Sequence[FacetName], counts: Mapping[FactKind, Sequence[Count]]
) -> list[Facet]:
    """Tell by which values results can be narrowed, and by what one would ask for it."""
    return [
        Facet(name, [_value(typed, name, each) for each in counts[name][:MOST_VALUES]])
        for name in names
    ]


def _value(typed: str, name: FacetName, each: Count) -> FacetValue:
    choice: Choice = "uses" if name == "lib" else name
    is_chosen = chosen(typed, choice, each.value) is not None
    return FacetValue(each.value, each.times, is_chosen, toggled(typed, choice, each.value))


def _instead(term: Term, first: str, meant: Mapping[str, str]) -> str:
    word = meant[term.text]
    return f'"{word}"' if first == '"' else word
