"""What was asked of models, by whom, and what it cost."""

from jupyter_wove.ai.ledger.budgets import PICOS, BudgetSpent
from jupyter_wove.ai.ledger.models import Caller, Entry, Outcome
from jupyter_wove.ai.ledger.service import Ledger, close_lost

__all__ = ["PICOS", "BudgetSpent", "Caller", "Entry", "Ledger", "Outcome", "close_lost"]
