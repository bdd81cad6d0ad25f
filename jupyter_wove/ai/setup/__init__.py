"""What of this machine could answer: it is proposed, and never used unasked."""

from jupyter_wove.ai.setup.models import Proposal, Setup
from jupyter_wove.ai.setup.service import ModelSetup

__all__ = ["ModelSetup", "Proposal", "Setup"]
