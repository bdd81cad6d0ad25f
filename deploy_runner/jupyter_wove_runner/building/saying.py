"""How work tells what it does, while whoever asked for it listens."""

from collections.abc import Callable

from jupyter_wove.runner import Line

Say = Callable[[str], None]


def by_wove(text: str) -> Line:
    """Say something in Wove's own name."""
    return Line("wove", text)
