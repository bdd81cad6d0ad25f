"""The pieces of what was typed, each with where it stands, so that a box can edit one of them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from jupyter_wove.search.queries.qualifiers import qualifier
from jupyter_wove.search.queries.question import NAMES, Filter, Pattern, Range, Term
from jupyter_wove.search.texts import clean, shown

LONGEST = 1000  # characters that are read

_TOKEN = re.compile(
    rf"""
    (?P<no>-?) (?:
        "(?P<phrase>[^"]*)"?
      | /(?P<pattern>(?:\\.|[^\\/])+)/(?!\S)
      | (?P<name>{"|".join(NAMES)}):(?P<value>(?:"[^"]*"?|[^\s"])+)
    )
    | (?P<word>\S+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_EXCLUDED = re.compile(r"-(?!-)(?=.*\w)")


class Without(NamedTuple):
    """Words that must not be there."""

    text: str


What = Term | Without | Filter | Range | Pattern


class Piece(NamedTuple):
    """What stands from `start` to `end`, in characters; None where it says nothing."""

    start: int
    end: int
    what: What | None


def pieces(text: str) -> Iterator[Piece]:
    """Take apart what was typed; whatever it is, it is something."""
    for token in _TOKEN.finditer(shown(text[:LONGEST])):
        yield Piece(token.start(), token.end(), _what(token))


def _what(token: re.Match[str]) -> What | None:
    no = bool(token["no"])
    if token["name"]:
        found = qualifier(token["name"].lower(), token["value"], no=no)
        return found or _word(token[0])
    if token["pattern"]:
        return Pattern(token["pattern"], no)
    return _word(token["word"]) if token["word"] else _phrase(token["phrase"], no=no)


def _phrase(text: str, *, no: bool) -> Term | Without | None:
    phrase = clean(text, LONGEST).strip()
    if not any(map(str.isalnum, phrase)):
        return None
    return Without(phrase) if no else Term(phrase)


def _word(text: str) -> Term | Without | None:
    word = clean(text.replace('"', " "), LONGEST).strip()
    if not any(map(str.isalnum, word)):
        return None
    if _EXCLUDED.match(word):
        return Without(word[1:].strip())
    return Term(word, prefix=_may_go_on(word))


def _may_go_on(word: str) -> bool:
    is_one = " " not in word and (len(word) > 1 or not word.isascii())
    return is_one and word[-1].isalnum()
