"""The people whom a prompt is shared with."""

from jupyter_wove.prompts.members.service import PromptMembers

__all__ = ["PromptMembers"]
