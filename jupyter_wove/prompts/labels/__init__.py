"""Names that mean one version of a prompt now, and may mean another later."""

from jupyter_wove.prompts.labels.service import PromptLabels

__all__ = ["PromptLabels"]
