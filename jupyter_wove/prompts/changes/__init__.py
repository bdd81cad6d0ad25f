"""Changes of prompts that somebody proposes."""

from jupyter_wove.prompts.changes.service import ChangeRequests

__all__ = ["ChangeRequests"]
