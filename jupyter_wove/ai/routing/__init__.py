"""Which model answers, and who is asked when it does not."""

from jupyter_wove.ai.routing.candidates import ConsentNeeded, NoAnswer
from jupyter_wove.ai.routing.circuits import Circuits
from jupyter_wove.ai.routing.router import Router
from jupyter_wove.ai.routing.speeds import Speeds

__all__ = ["Circuits", "ConsentNeeded", "NoAnswer", "Router", "Speeds"]
