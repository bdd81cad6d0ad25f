"""What was asked of models, by whom, and what it cost."""

from jupyter_wove.ai.ledger.begun import FOLDER as ASKED
from jupyter_wove.ai.ledger.budgets import PICOS, BudgetSpent, concerning, end_of, spent_of
from jupyter_wove.ai.ledger.evaluating import spent_on
from jupyter_wove.ai.ledger.models import Caller, Entry, Outcome
from jupyter_wove.ai.ledger.service import Ledger, close_lost
from jupyter_wove.ai.ledger.tables import AttemptRow

__all__ = [
    "ASKED",
    "PICOS",
    "AttemptRow",
    "BudgetSpent",
    "Caller",
    "Entry",
    "Ledger",
    "Outcome",
    "close_lost",
    "concerning",
    "end_of",
    "spent_of",
    "spent_on",
]
