"""A question, written for FTS5: every word is quoted, so none of it is syntax."""

from jupyter_wove.search.queries import Question, Term
from jupyter_wove.search.texts import pieces, segmented, stems


def wanted(question: Question, *, every: bool) -> str:
    """Ask for all terms, or for any of them; empty where there are none."""
    terms = (" AND " if every else " OR ").join(term(each) for each in question.terms)
    return f"({terms})" if terms else ""


def term(term: Term) -> str:
    """Ask for a term, as it is and by the words inside its names."""
    goes_on = " *" if term.prefix else ""
    forms = [quoted(term.text) + goes_on]
    if inner := pieces(term.text):
        forms.append(f"pieces : {quoted(inner)}{goes_on}")
    if term.prefix:
        forms += [quoted(stem) for stem in stems(term.text)]
    return f"({' OR '.join(forms)})"


def either(column: str, words: list[str]) -> str:
    """Ask for one of some words in a column."""
    return f"({column} : ({' OR '.join(map(quoted, words))}))"


def quoted(text: str) -> str:
    """Write a word, or several that are next to each other."""
    return '"' + segmented(text).replace('"', '""') + '"'
