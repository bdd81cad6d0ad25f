"""How work tells what it does, while whoever asked for it listens."""

from collections.abc import Callable

Say = Callable[[str], None]
