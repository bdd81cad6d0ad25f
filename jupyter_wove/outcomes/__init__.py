"""Outcomes: what became of the answers that prompts gave."""

from jupyter_wove.outcomes.choices import OutcomeChoices
from jupyter_wove.outcomes.guarding import Guard
from jupyter_wove.outcomes.models import Choice, NewChoice, VariantResult
from jupyter_wove.outcomes.recording import Hearing, Uses, look_again
from jupyter_wove.outcomes.service import Outcomes
from jupyter_wove.outcomes.store import OutcomeStore

__all__ = [
    "Choice",
    "Guard",
    "Hearing",
    "NewChoice",
    "OutcomeChoices",
    "OutcomeStore",
    "Outcomes",
    "Uses",
    "VariantResult",
    "look_again",
]
