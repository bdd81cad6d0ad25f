"""Text made ready to be found: cleaned, and cut into words where a script has no spaces."""

import re
import unicodedata

# Between two characters of a script without spaces: invisible, and never part of a word.
SEPARATOR = "\u200b"
# Around a word that was found; `clean` lets neither through from outside.
ON, OFF = "\x02", "\x03"

# With these begin words of the index itself: its crowd, its facts, and what facts imply.
CROWD, FACT, IMPLIED = "\ue000", "\ue001", "\ue002"

_DROPPED = dict.fromkeys(
    [
        *(*range(9), 11, 12, *range(14, 32), *range(0x7F, 0xA0), 0xFEFF),
        *map(ord, (SEPARATOR, CROWD, FACT, IMPLIED)),
    ],
    " ",
)
_HALVES = dict.fromkeys(range(0xD800, 0xE000), " ")  # of characters, which no text can hold
# Thai to Lao, Burmese, Khmer, Chinese, Japanese, Korean.
_UNSPACED = (
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
_SEAM = re.compile(rf"(?<={_UNSPACED})(?=\w)|(?<=\w)(?={_UNSPACED})")
_CAMEL = re.compile(r"\b[A-Za-z]+[a-z0-9][A-Z]\w*|\b[A-Z]{2,}[a-z]\w*", re.ASCII)
_HUMP = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", re.ASCII)
_ENDINGS = (
    "izations ational ically ations ingly ments ities ances ences ables ness ings able ible"
    " ists isms ance ence ives izer ized izes izing ful ous ers ied ies ed"
)
_FRAGMENTS = {
    ending[:length] for ending in _ENDINGS.split() for length in range(1, len(ending) + 1)
}
_SHORTEST_STEM = 4


def shown(text: str) -> str:
    """Put a space wherever something cannot be shown; every other character keeps its place."""
    return text.translate(_DROPPED | _HALVES)


def clean(text: str, limit: int) -> str:
    """Keep what can be shown of the first `limit` characters."""
    whole = text[:limit].encode(errors="ignore").decode()
    return unicodedata.normalize("NFC", whole).translate(_DROPPED)


def segmented(text: str) -> str:
    """Part the characters of scripts without spaces, so that each counts as a word."""
    return text if text.isascii() else _SEAM.sub(SEPARATOR, text)


def pieces(text: str) -> str:
    """List the words inside names such as RandomForest, each name once."""
    names = dict.fromkeys(_CAMEL.findall(text))
    return " ".join(" ".join(_HUMP.findall(name)) for name in names)


def stems(word: str) -> list[str]:
    """Guess what is left of a word without the ending that is just being typed.

    The index keeps stems: while somebody types "visualiza", only "visual" finds anything.
    """
    cuts = range(_SHORTEST_STEM, len(word))
    return [word[:cut] for cut in cuts if word[cut:].lower() in _FRAGMENTS]
