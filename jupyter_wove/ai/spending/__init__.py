"""What models have cost, and what may still be spent."""

from jupyter_wove.ai.spending.models import Spent, UsageReport
from jupyter_wove.ai.spending.service import Spending

__all__ = ["Spending", "Spent", "UsageReport"]
