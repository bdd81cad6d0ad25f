"""Colour source code: spans with the class names of Pygments, for the style sheet to colour."""

from functools import lru_cache

from markupsafe import Markup, escape
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name, get_lexer_for_filename
from pygments.util import ClassNotFound

LONGEST = 100_000  # characters: beyond, code is shown without colours
ALIASES = {"ipython": "python", "ipython2": "python", "ipython3": "python"}


def coloured(source: str, language: str) -> Markup:
    """Colour a piece of code in a language."""
    return _coloured(source, _by_name(ALIASES.get(language.lower(), language.lower())))


def coloured_file(source: str, path: str) -> Markup:
    """Colour a file, in the language that its name tells."""
    return _coloured(source, _by_path(path.rpartition("/")[2]))


def _coloured(source: str, lexer: Lexer | None) -> Markup:
    if lexer is None or len(source) > LONGEST:
        return escape(source)
    return Markup(highlight(source, lexer, HtmlFormatter(nowrap=True)).rstrip("\n"))  # noqa: S704  escaped there


@lru_cache(256)
def _by_name(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language, stripnl=False) if language else None
    except ClassNotFound:
        return None


@lru_cache(256)
def _by_path(name: str) -> Lexer | None:
    try:
        return get_lexer_for_filename(name, stripnl=False)
    except ClassNotFound:
        return None
