"""Prompts: templates for questions to models, versioned and shared."""

from jupyter_wove.prompts.agents import AgentPrompt, AgentPrompts
from jupyter_wove.prompts.changes import ChangeRequests
from jupyter_wove.prompts.comments import PromptComments
from jupyter_wove.prompts.evaluations import Evaluations, NewEvaluation, Results
from jupyter_wove.prompts.exchange import ExportName, FormatName
from jupyter_wove.prompts.experiments import (
    Assigned,
    Assignments,
    ExperimentRow,
    Experiments,
    ExperimentStore,
    VariantRow,
)
from jupyter_wove.prompts.experiments.models import (
    Experiment,
    ExperimentChanged,
    NewExperiment,
    NewVariant,
    NewWeights,
    Promotion,
)
from jupyter_wove.prompts.format import Prompt
from jupyter_wove.prompts.format import parse as read_prompt
from jupyter_wove.prompts.labels import PromptLabels
from jupyter_wove.prompts.members import PromptMembers
from jupyter_wove.prompts.models import NewPrompt, PromptCard, PromptToImport
from jupyter_wove.prompts.numbering import number_of
from jupyter_wove.prompts.policy import PromptAction
from jupyter_wove.prompts.renderings import PromptRenderings
from jupyter_wove.prompts.service import Prompts
from jupyter_wove.prompts.shipped import Shipping, shipped
from jupyter_wove.prompts.store import PromptStore, number_of_row
from jupyter_wove.prompts.versions import PromptVersions
from jupyter_wove.prompts.versions.models import NewPromptVersion, PromptContent

__all__ = [
    "AgentPrompt",
    "AgentPrompts",
    "Assigned",
    "Assignments",
    "ChangeRequests",
    "Evaluations",
    "Experiment",
    "ExperimentChanged",
    "ExperimentRow",
    "ExperimentStore",
    "Experiments",
    "ExportName",
    "FormatName",
    "NewEvaluation",
    "NewExperiment",
    "NewPrompt",
    "NewPromptVersion",
    "NewVariant",
    "NewWeights",
    "Promotion",
    "Prompt",
    "PromptAction",
    "PromptCard",
    "PromptComments",
    "PromptContent",
    "PromptLabels",
    "PromptMembers",
    "PromptRenderings",
    "PromptStore",
    "PromptToImport",
    "PromptVersions",
    "Prompts",
    "Results",
    "Shipping",
    "VariantRow",
    "number_of",
    "number_of_row",
    "read_prompt",
    "shipped",
]
