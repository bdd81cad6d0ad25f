"""From what was typed to what is looked for in code."""

from collections.abc import Iterable
from typing import NamedTuple

from jupyter_wove.kit.errors import InvalidRequest
from jupyter_wove.search.engines.code import Narrowed
from jupyter_wove.search.patterns import Pattern, Wish, escape
from jupyter_wove.search.queries import Filter, Piece, Range, Without, pieces
from jupyter_wove.search.queries import Pattern as Typed

MOST_PATTERNS = 10
KNOWN = {"lang", "path", "user"}
BETWEEN = r"[\s_.\-]*"  # words of which a name is made: train test, train_test, trainTest


class Asked(NamedTuple):
    """What to look for, None where that is nothing; where; and the words among it."""

    wish: Wish | None
    narrowed: Narrowed
    words: list[str]

    @property
    def name(self) -> str:
        """Put the words together to the name that they may be; empty where they are none."""
        name = "".join(self.words)
        return name if name.isidentifier() else ""


class _Token(NamedTuple):
    """A text or a pattern to look for, or which must not be there."""

    source: str
    no: bool
    word: str  # empty for a pattern


def read(text: str, *, regex: bool, case: bool) -> Asked:
    """Read what was typed: one regular expression as it is, or words and qualifiers."""
    if regex:
        return Asked(Wish([Pattern(text, case=case)]) if text else None, Narrowed(), [])
    found = list(pieces(text))
    tokens = [token for each in found if (token := _token(text, each))]
    words = [each.word for each in tokens if each.word and not each.no]
    return Asked(_wish(tokens, words, case=case), _narrowed(found), words)


def _token(text: str, piece: Piece) -> _Token | None:
    if isinstance(piece.what, Filter | Range):
        return None
    if isinstance(piece.what, Typed):
        return _Token(piece.what.text, piece.what.no, "")
    no = isinstance(piece.what, Without)
    word = text[piece.start : piece.end].removeprefix("-" if no else "")
    if word.startswith('"'):
        word = word[1:].removesuffix('"')
    return _Token(escape(word), no, word) if word else None


def _wish(tokens: Iterable[_Token], words: list[str], *, case: bool) -> Wish | None:
    sources = {no: dict.fromkeys(t.source for t in tokens if t.no is no) for no in (True, False)}
    if not sources[False]:
        return None
    if sum(map(len, sources.values())) > MOST_PATTERNS:
        raise InvalidRequest(f"Look for {MOST_PATTERNS} words and patterns at most.")
    wanted, unwanted = ([Pattern(each, case=case) for each in sources[no]] for no in (False, True))
    closely = Pattern(_name(words), case=case) if words else None
    return Wish(wanted, unwanted, closely)


def _name(words: list[str]) -> str:
    """Match words as one name, and as a whole one."""
    before, after = (_edge(each) for each in (words[0][0], words[-1][-1]))
    return before + BETWEEN.join(map(escape, words)) + after


def _edge(char: str) -> str:
    return r"\b" if char == "_" or (char.isascii() and char.isalnum()) else ""


def _narrowed(found: list[Piece]) -> Narrowed:
    """Read the qualifiers; raises InvalidRequest for those that say nothing about files."""
    narrowed: dict[str, list[str]] = {}
    for what in (piece.what for piece in found):
        if isinstance(what, Filter | Range) and what.name not in KNOWN:
            raise InvalidRequest(f"{what.name}: is of no use in code; lang:, path: and user: are.")
        if isinstance(what, Filter):
            name = f"{'no_' if what.no else ''}{what.name}s"
            narrowed.setdefault(name, []).extend(what.values)
    return Narrowed(**narrowed)
