"""A question, written as a tsquery: every word is quoted, so none of it is syntax."""

from typing import NamedTuple

from jupyter_wove.search.engines.postgresql.words.lexemes import lexemes, quoted
from jupyter_wove.search.queries import Question, Term
from jupyter_wove.search.texts import pieces, segmented, stems

NEXT = " <-> "


class Match(NamedTuple):
    """What is looked for as a whole, empty where nothing can be it; and what each term adds."""

    whole: str
    terms: list["Ranked"]


class Ranked(NamedTuple):
    """The words of a term as it was asked for, and all that counts where it stands."""

    words: list[str]
    forms: list[str]


def match(question: Question, *, every: bool) -> Match:
    """Ask for all terms, or for any of them."""
    terms = [each for each in question.terms if lexemes(segmented(each.text))]
    whole = (" & " if every else " | ").join(map(term, terms))
    if not whole or (every and len(terms) < len(question.terms)):
        return Match("", [])
    return Match(whole, [_ranked(each) for each in terms])


def in_titles(term: Term) -> str:
    """Ask for a term in titles; empty where there is no word in it."""
    forms = [phrase(term.text, goes_on=term.prefix, letter="A")]
    forms += [phrase(stem, letter="A") for stem in _stems(term)]
    return " | ".join(filter(None, forms))


def phrase(text: str, *, goes_on: bool = False, letter: str = "") -> str:
    """Ask for words that are next to each other; empty where there are none."""
    words = [quoted(each) for each in lexemes(segmented(text))]
    if not words:
        return ""
    marks = [f":{letter}" if letter else ""] * (len(words) - 1)
    last = f"{'*' if goes_on else ''}{letter}"
    marks.append(f":{last}" if last else "")
    return f"({NEXT.join(map(''.join, zip(words, marks, strict=True)))})"


def term(term: Term) -> str:
    """Ask for a term, as it is and by the words inside its names; empty where it has no word."""
    if not lexemes(segmented(term.text)):
        return ""
    inner = pieces(term.text)
    forms = [phrase(term.text, goes_on=term.prefix)]
    if inner:
        forms.append(phrase(inner, goes_on=term.prefix, letter="D"))
    forms += [phrase(stem) for stem in _stems(term)]
    return f"({' | '.join(forms)})"


def _ranked(term: Term) -> Ranked:
    """Rank by each word: `ts_rank` tells little of phrases, and a document has them whole."""
    words = lexemes(segmented(term.text))
    others = [each for text in (pieces(term.text), *_stems(term)) for each in lexemes(text)]
    forms = dict.fromkeys(map(quoted, (*words, *others)))
    last = quoted(words[-1])
    return Ranked(words, [f"{each}:*" if term.prefix and each == last else each for each in forms])


def _stems(term: Term) -> list[str]:
    return list(filter(lexemes, stems(term.text))) if term.prefix else []
