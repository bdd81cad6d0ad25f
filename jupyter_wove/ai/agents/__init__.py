"""Agents: models that use tools on a notebook, and ask where that could do harm."""

from jupyter_wove.ai.agents.approvals import Approvals
from jupyter_wove.ai.agents.models import (
    FAILED,
    FREE,
    OFFERED,
    Approval,
    Asked,
    Leave,
    Mode,
    Outcome,
    Question,
    Risk,
    Tool,
    Whose,
)
from jupyter_wove.ai.agents.plans import MAY, Plan, Planner, Step, StepState, Worker
from jupyter_wove.ai.agents.runs import Going, Runs

__all__ = [
    "FAILED",
    "FREE",
    "MAY",
    "OFFERED",
    "Approval",
    "Approvals",
    "Asked",
    "Going",
    "Leave",
    "Mode",
    "Outcome",
    "Plan",
    "Planner",
    "Question",
    "Risk",
    "Runs",
    "Step",
    "StepState",
    "Tool",
    "Whose",
    "Worker",
]
