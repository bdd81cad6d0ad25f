"""Prompts with values put in."""

from jupyter_wove.prompts.renderings.service import PromptRenderings

__all__ = ["PromptRenderings"]
