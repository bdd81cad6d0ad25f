"""What a text must hold, written for FTS5: each three characters are quoted, so none is syntax."""

from collections.abc import Iterable, Iterator
from string import ascii_lowercase, ascii_uppercase

from jupyter_wove.search.patterns import Every, Need

# As SQLite does it, which leaves capitals alone that are not ASCII's.
_SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)


def expression(need: Need) -> str:
    """Ask for what is needed; empty where nothing is, or nothing would do."""
    if isinstance(need, str):
        return '"' + need.replace('"', '""') + '"'
    word = " AND " if isinstance(need, Every) else " OR "
    parts = word.join(sorted(map(expression, need.parts)))
    return f"({parts})" if parts else ""


def globs(paths: Iterable[str]) -> Iterator[str]:
    """Ask for paths, or their ends after a folder; without * or ?, for any piece of one."""
    for path in paths:
        plain = path.translate(_SMALL).replace("[", "[[]").removeprefix("/")
        is_piece = not any(each in plain for each in "*?")
        yield from [f"*{plain}*"] if is_piece else [plain, f"*/{plain}"]
