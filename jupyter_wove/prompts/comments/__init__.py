"""What people say about prompts."""

from jupyter_wove.prompts.comments.service import PromptComments

__all__ = ["PromptComments"]
