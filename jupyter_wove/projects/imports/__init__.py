"""Making projects of what is there already: a folder, a notebook, an archive."""

from jupyter_wove.projects.imports.service import Imports

__all__ = ["Imports"]
