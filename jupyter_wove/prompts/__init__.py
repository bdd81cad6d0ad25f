"""Prompts: templates for questions to models, versioned and shared."""

from jupyter_wove.prompts.agents import AgentPrompt, AgentPrompts
from jupyter_wove.prompts.changes import ChangeRequests
from jupyter_wove.prompts.comments import PromptComments
from jupyter_wove.prompts.exchange import ExportName, FormatName
from jupyter_wove.prompts.format import Prompt
from jupyter_wove.prompts.format import parse as read_prompt
from jupyter_wove.prompts.labels import PromptLabels
from jupyter_wove.prompts.members import PromptMembers
from jupyter_wove.prompts.models import NewPrompt, PromptCard, PromptToImport
from jupyter_wove.prompts.renderings import PromptRenderings
from jupyter_wove.prompts.service import Prompts
from jupyter_wove.prompts.shipped import Shipping, shipped
from jupyter_wove.prompts.versions import PromptVersions
from jupyter_wove.prompts.versions.models import NewPromptVersion, PromptContent

__all__ = [
    "AgentPrompt",
    "AgentPrompts",
    "ChangeRequests",
    "ExportName",
    "FormatName",
    "NewPrompt",
    "NewPromptVersion",
    "Prompt",
    "PromptCard",
    "PromptComments",
    "PromptContent",
    "PromptLabels",
    "PromptMembers",
    "PromptRenderings",
    "PromptToImport",
    "PromptVersions",
    "Prompts",
    "Shipping",
    "read_prompt",
    "shipped",
]
