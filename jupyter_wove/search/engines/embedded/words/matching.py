"""A question, written for FTS5: every word is quoted, so none of it is syntax."""

from jupyter_wove.search.queries import Question, Term
from jupyter_wove.search.texts import pieces, segmented, stems


def expression(question: Question, *, every: bool) -> str:
    """Ask for all terms, or for any of them."""
    wanted = (" AND " if every else " OR ").join(_term(term) for term in question.terms)
    without = " OR ".join(_quoted(text) for text in question.without)
    return f"({wanted}) NOT ({without})" if without else f"({wanted})"


def _term(term: Term) -> str:
    goes_on = " *" if term.prefix else ""
    forms = [_quoted(term.text) + goes_on]
    if inner := pieces(term.text):
        forms.append(f"pieces : {_quoted(inner)}{goes_on}")
    if term.prefix:
        forms += [_quoted(stem) for stem in stems(term.text)]
    return f"({' OR '.join(forms)})"


def _quoted(text: str) -> str:
    return '"' + segmented(text).replace('"', '""') + '"'
