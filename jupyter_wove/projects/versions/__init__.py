"""The versions of a project: what changed, when, by whom, and the way back."""

from jupyter_wove.projects.versions.service import Versions

__all__ = ["Versions"]
