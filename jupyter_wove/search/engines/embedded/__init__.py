"""Indices in SQLite files of their own: nothing to install, nothing to run."""

from jupyter_wove.search.engines.embedded.code import EmbeddedCode
from jupyter_wove.search.engines.embedded.words import EmbeddedWords

__all__ = ["EmbeddedCode", "EmbeddedWords"]
