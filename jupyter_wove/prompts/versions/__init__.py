"""The versions of a prompt: add, read, compare."""

from jupyter_wove.prompts.versions.keeping import Draft, Keeping
from jupyter_wove.prompts.versions.service import PromptVersions

__all__ = ["Draft", "Keeping", "PromptVersions"]
