"""Text cut into the pieces of words that BERT's models know, each by its number.

It is what the package `tokenizers` does for them; that one would bring a client for downloads.
"""

import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from importlib.resources import files

LONGEST_WORD = 100  # characters; a longer one is unknown
REMEMBERED = 50_000  # words

_CJK = [
    *((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F)),
    *((0x2B740, 0x2B81F), (0x2B920, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F)),
]
_CONTROL = {"Cc", "Cf", "Co", "Cs"}


class _Characters(dict[int, str]):
    """What becomes of each character, found out when it is first met."""

    def __init__(self, becomes: Callable[[str], str]) -> None:
        self._becomes = becomes

    def __missing__(self, code: int) -> str:
        return self.setdefault(code, self._becomes(chr(code)))


def _cleaned(character: str) -> str:
    if character in "\t\n\r":
        return " "
    if character == "\ufffd" or unicodedata.category(character) in _CONTROL:
        return ""
    if character.isspace():
        return " "
    return f" {character} " if any(a <= ord(character) <= z for a, z in _CJK) else character


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Mn":
        return ""
    is_sign = category[0] == "P" or (character.isascii() and category[0] == "S")
    return f" {character} " if is_sign else character.lower()


_CLEANED, _PLAIN = _Characters(_cleaned), _Characters(_plain)


@cache
def vocabulary() -> dict[str, int]:
    """Number the pieces; one that goes on within a word begins with ##."""
    text = files(__package__).joinpath("wordpieces.txt").read_text("utf-8")
    return {piece: number for number, piece in enumerate(text.splitlines())}


def numbers(text: str, most: int) -> list[int]:
    """Cut a text into at most so many pieces, with the marks of its beginning and its end."""
    known = vocabulary()
    inside: list[int] = []
    for word in words(text):
        inside += _pieces(word)
        if len(inside) >= most - 2:
            break
    return [known["[CLS]"], *inside[: most - 2], known["[SEP]"]]


def words(text: str) -> list[str]:
    """Cut a text into words and signs, in small letters without accents."""
    return unicodedata.normalize("NFD", text.translate(_CLEANED)).translate(_PLAIN).split()


@lru_cache(REMEMBERED)
def _pieces(word: str) -> tuple[int, ...]:
    found = tuple(_longest(word)) if len(word) <= LONGEST_WORD else (None,)
    return (vocabulary()["[UNK]"],) if None in found else tuple(filter(None, found))


def _longest(word: str) -> Iterator[int | None]:
    """Take the longest piece that the word begins with, and again of the rest."""
    known, start = vocabulary(), 0
    while start < len(word):
        mark = "##" if start else ""
        ends = range(len(word), start, -1)
        end = next((each for each in ends if mark + word[start:each] in known), None)
        yield known[mark + word[start:end]] if end else None
        if end is None:
            return
        start = end
