"""Each three characters of a text as a number, and what a text must hold as a question for GIN."""

from collections.abc import Iterable, Iterator
from string import ascii_lowercase, ascii_uppercase
from zlib import crc32

from jupyter_wove.search.patterns import Every, Need

RUN = 3
# Beside ASCII's capitals, the two signs that match k and s where capitals are alike.
_SMALL = str.maketrans(ascii_uppercase + "\u212a\u017f", ascii_lowercase + "ks")
_TO_SIGNED = 2**31


def small(text: str) -> str:
    """Fold a text as the index does; each character stays in its place."""
    return text.translate(_SMALL)


def trigrams(text: str) -> list[int]:
    """Number what is in a text, each once. Two may have one number: that finds too much only."""
    folded = small(text)
    return sorted(map(_number, {folded[at : at + RUN] for at in range(len(folded) - RUN + 1)}))


def condition(need: Need) -> str:
    """Ask for what is needed; empty where nothing is, or nothing would do."""
    if isinstance(need, str):
        return f"text.trigrams @> {_array([need])}"
    runs = sorted(each for each in need.parts if isinstance(each, str))
    others = sorted(condition(each) for each in need.parts if not isinstance(each, str))
    is_every = isinstance(need, Every)
    together = [f"text.trigrams {'@>' if is_every else '&&'} {_array(runs)}"] if runs else []
    parts = [each for each in [*together, *others] if each]
    return f"({(' AND ' if is_every else ' OR ').join(parts)})" if parts else ""


def likes(paths: Iterable[str]) -> Iterator[str]:
    """Ask for paths, or their ends after a folder; without * or ?, for any piece of one."""
    for path in paths:
        plain = path.translate(_ONLY_ASCII).removeprefix("/")
        is_piece = not any(each in plain for each in "*?")
        asked = plain.translate(_LIKE)
        yield from [f"%{asked}%"] if is_piece else [asked, f"%/{asked}"]


_ONLY_ASCII = str.maketrans(ascii_uppercase, ascii_lowercase)
_LIKE = str.maketrans({"*": "%", "?": "_", "%": r"\%", "_": r"\_", "\\": r"\\"})


def _number(run: str) -> int:
    return crc32(run.encode(errors="surrogatepass")) - _TO_SIGNED


def _array(runs: Iterable[str]) -> str:
    return f"'{{{','.join(str(_number(small(each))) for each in runs)}}}'::integer[]"
