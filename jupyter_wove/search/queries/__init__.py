"""What people type to search, read so that nothing in it can be a mistake."""

import re

import msgspec

from jupyter_wove.search.texts import clean

LONGEST = 1000
MOST_TERMS = 10

_TOKEN = re.compile(r'(?P<no>-?)"(?P<phrase>[^"]*)"?|(?P<word>\S+)')
_EXCLUDED = re.compile(r"-(?!-)(?=.*\w)")
_COMMON = (
    "a an and are as at be by can do for from how i in is it of on or that the this to what"
    " when where which with"
)
_EVERYWHERE = frozenset(_COMMON.split())


class Term(msgspec.Struct, frozen=True):
    """Words to be found next to each other; with `prefix`, the last one may go on."""

    text: str
    prefix: bool = False


class Question(msgspec.Struct, frozen=True):
    """What is looked for, and what must not be there; empty where nothing was asked."""

    terms: tuple[Term, ...]
    without: tuple[str, ...] = ()


def parse(text: str) -> Question:
    """Read words, "phrases" and -exclusions; anything else is words too."""
    found = [_read(token) for token in _TOKEN.finditer(clean(text, LONGEST))]
    tokens = [token for token in found if any(map(str.isalnum, token[1]))]
    wanted = [Term(text, kind == "word") for kind, text in tokens if kind != "no"]
    terms = [each for each in wanted if each.text.lower() not in _EVERYWHERE] or wanted
    terms = list(dict.fromkeys(terms))[:MOST_TERMS]
    without = tuple(text for kind, text in tokens if kind == "no")[:MOST_TERMS]
    return Question(tuple(_finished(terms)), without)


def whole(question: Question) -> Question:
    """Take the last word for a finished one."""
    return Question(tuple(Term(each.text) for each in question.terms), question.without)


def _read(token: re.Match[str]) -> tuple[str, str]:
    if token["word"] is None:
        return ("no" if token["no"] else "phrase"), token["phrase"]
    word, excluded = token["word"], _EXCLUDED.match(token["word"])
    return ("no", word[1:]) if excluded else ("word", word)


def _finished(terms: list[Term]) -> list[Term]:
    """Take every word as it is but the last, which may still be being typed."""
    last = len(terms) - 1
    return [
        Term(each.text, each.prefix and number == last and _may_go_on(each.text))
        for number, each in enumerate(terms)
    ]


def _may_go_on(word: str) -> bool:
    return word[-1].isalnum() and (len(word) > 1 or not word.isascii())
