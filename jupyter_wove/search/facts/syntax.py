"""Syntax trees of code that may be broken, within limits of size and time."""

import time
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Language, Tree

LONGEST = 350_000  # characters; what is longer was hardly written by hand
SECONDS = 0.5  # of a processor; the longest plain code takes a third of that, hostile code memory
_CHUNK = 16_384  # bytes; between two, other threads have their turn

# Where the grammar of each language is: a module, and a function of it.
GRAMMARS = {
    "bash": ("tree_sitter_bash", "language"),
    "javascript": ("tree_sitter_javascript", "language"),
    "julia": ("tree_sitter_julia", "language"),
    "python": ("tree_sitter_python", "language"),
    "tsx": ("tree_sitter_typescript", "language_tsx"),
    "typescript": ("tree_sitter_typescript", "language_typescript"),
}


@cache
def grammar(language: str) -> "Language":
    """Load the grammar of one of GRAMMARS."""
    from tree_sitter import Language  # noqa: PLC0415 — with the first code that needs it

    module, function = GRAMMARS[language]
    return Language(getattr(import_module(module), function)())


def parsed(language: str, text: str) -> "Tree | None":
    """Parse code in one of GRAMMARS; None where that would take too long."""
    from tree_sitter import Parser  # noqa: PLC0415

    if len(text) > LONGEST:
        return None
    code = text.encode(errors="replace")
    late = deadline()
    try:
        return Parser(grammar(language)).parse(
            lambda offset, _: code[offset : offset + _CHUNK],
            progress_callback=lambda offset, has_error: late(),
        )
    except ValueError:  # it was stopped
        return None


def deadline(seconds: float = SECONDS) -> Callable[[], bool]:
    """Make a clock that tells when this thread has worked for longer than that."""
    end = time.thread_time() + seconds
    return lambda: time.thread_time() > end
