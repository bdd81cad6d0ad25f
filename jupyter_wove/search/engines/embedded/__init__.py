"""The index in an SQLite file of its own: nothing to install, nothing to run."""

from jupyter_wove.search.engines.embedded.engine import Embedded

__all__ = ["Embedded"]
