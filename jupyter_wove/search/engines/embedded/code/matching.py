"""What a text must hold, written for FTS5: each three characters are quoted, so none is syntax."""

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


def glob(path: str) -> str:
    """Ask for a path that holds this, in which * stands for anything."""
    plain = "".join(f"[{each}]" if each in "[?" else each for each in path.translate(_SMALL))
    return f"*{plain}*"
