"""What models have cost, and what may still be spent."""

from jupyter_wove.ai.spending.models import Spent, UsageReport
from jupyter_wove.ai.spending.service import Spending, dollars

__all__ = ["Spending", "Spent", "UsageReport", "dollars"]
