"""What a text must hold, written for FTS5: each three characters are quoted, so none is syntax."""

from jupyter_wove.search.code.patterns import Every, Need


def expression(need: Need) -> str:
    """Ask for what is needed; empty where nothing is, or nothing would do."""
    if isinstance(need, str):
        return '"' + need.replace('"', '""') + '"'
    word = " AND " if isinstance(need, Every) else " OR "
    parts = word.join(sorted(map(expression, need.parts)))
    return f"({parts})" if parts else ""
