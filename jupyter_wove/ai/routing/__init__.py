"""Which model answers, and who is asked when it does not."""

from jupyter_wove.ai.routing.circuits import Circuits
from jupyter_wove.ai.routing.router import NoAnswer, Router

__all__ = ["Circuits", "NoAnswer", "Router"]
