"""How what somebody types may go on, told by what they may see."""

import re
from collections.abc import Iterator, Sequence

from jupyter_wove.search.engines import Count, KeywordEngine
from jupyter_wove.search.facts import FactKind
from jupyter_wove.search.models import Completion, CompletionKind, Completions
from jupyter_wove.search.queries import NAMES, quoted, replaced, typed_at
from jupyter_wove.search.texts import clean

MOST = 8
LOOKED_AT = 50  # titles
SHORTEST = 2  # letters of a word that may go on

KINDS: dict[str, FactKind] = {
    "lang": "lang",
    "uses": "uses",
    "dataset": "dataset",
    "has": "has",
    "user": "user",
    "tag": "tag",
    "tech": "tech",
    "level": "level",
}
MEASURED = {
    "stars": (">=10", ">=100"),
    "remixes": (">=1", ">=10"),
    "verified": ("yes", "<30d", "no"),
}
_QUALIFIER = re.compile(
    rf"(-?(?:{'|'.join(NAMES)}):)(.*,)?\"?@?([^,]*)", re.IGNORECASE | re.DOTALL
)
_WORD = re.compile(r"[\w'-]+")


class Typed:
    """What was typed, up to a cursor, and who types."""

    def __init__(
        self, engine: KeywordEngine, principals: Sequence[str], text: str, at: int
    ) -> None:
        self.engine = engine
        self.principals = principals
        self.text = text
        self.span = typed_at(text, at)
        self.piece = text[self.span[0] : max(self.span[0], min(at, self.span[1]))]

    def completions(self) -> Completions:
        """List how it may go on: a qualifier by its values, a word by qualifiers and titles."""
        qualifier = _QUALIFIER.fullmatch(self.piece)
        found = self._values(qualifier) if qualifier else self._words()
        return Completions(list(found)[:MOST])

    def _values(self, qualifier: re.Match[str]) -> Iterator[Completion]:
        before = qualifier[1].lower() + (qualifier[2] or "")
        name = qualifier[1].lower().strip("-:")
        for value, count in self._known(name, qualifier[3]):
            piece = before + (value if name in MEASURED else quoted(value))
            yield self._completion("value", value, count, piece)

    def _known(self, name: str, beginning: str) -> Sequence[tuple[str, int | None]]:
        if name in KINDS:
            found: list[Count] = self.engine.values(self.principals, KINDS[name], beginning, MOST)
            return found
        fit = (each for each in MEASURED.get(name, ()) if each.startswith(beginning))
        return [(each, None) for each in fit]

    def _words(self) -> Iterator[Completion]:
        sign = "-" if self.piece.startswith("-") else ""
        beginning = clean(self.piece, len(self.piece)).strip('"-').casefold()
        if not beginning:
            return
        for name in NAMES:
            if name.startswith(beginning):
                yield self._completion("qualifier", f"{name}:", None, f"{sign}{name}:")
        if len(beginning) >= SHORTEST and _WORD.fullmatch(beginning):
            for word in self._of_titles(beginning):
                yield self._completion("word", word, None, f"{sign}{word}")

    def _of_titles(self, beginning: str) -> list[str]:
        titles = self.engine.titles(self.principals, beginning, LOOKED_AT)
        words = (word for title in titles for word in _WORD.findall(title.casefold()))
        return list(dict.fromkeys(word for word in words if word.startswith(beginning)))

    def _completion(
        self, kind: CompletionKind, text: str, count: int | None, piece: str
    ) -> Completion:
        q, at = replaced(self.text, self.span, piece)
        return Completion(kind, text, count, q, at)
