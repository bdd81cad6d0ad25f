"""How Wove and its deploy runner speak: the messages of both, and the client of Wove's side.

The runner is a process of its own that holds Docker and no database. It listens on a socket that
only its own user can open. Long work is answered with one JSON message a line; whoever hangs up
cancels it.
"""

from jupyter_wove.runner.client import Runner
from jupyter_wove.runner.models import (
    KINDS,
    App,
    AppState,
    BuildOrder,
    Built,
    Code,
    Failed,
    KernelEnd,
    KernelOrder,
    KernelSignal,
    Line,
    Live,
    Message,
    Minute,
    Plan,
    Ran,
    Release,
    Row,
    RunOrder,
    Stage,
    StartedKernel,
    Status,
    Visitor,
    Visits,
)

__all__ = [
    "KINDS",
    "App",
    "AppState",
    "BuildOrder",
    "Built",
    "Code",
    "Failed",
    "KernelEnd",
    "KernelOrder",
    "KernelSignal",
    "Line",
    "Live",
    "Message",
    "Minute",
    "Plan",
    "Ran",
    "Release",
    "Row",
    "RunOrder",
    "Runner",
    "Stage",
    "StartedKernel",
    "Status",
    "Visitor",
    "Visits",
]
