"""Who works on a project, and as what."""

from jupyter_wove.projects.members.service import Members

__all__ = ["Members"]
