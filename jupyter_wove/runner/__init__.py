"""How Wove and its deploy runner speak: the messages of both, and the client of Wove's side.

The runner is a process of its own that holds Docker and no database. It listens on a socket that
only its own user can open. Long work is answered with one JSON message a line; whoever hangs up
cancels it.
"""

from jupyter_wove.runner.client import Runner
from jupyter_wove.runner.launching import LaunchedRunner, choose_runner
from jupyter_wove.runner.models import (
    KINDS,
    Access,
    App,
    AppState,
    BuildOrder,
    Built,
    Code,
    Failed,
    KernelEnd,
    KernelOrder,
    KernelSignal,
    Kind,
    Line,
    Live,
    Message,
    Minute,
    OutputLine,
    Plan,
    Push,
    Ran,
    Release,
    Row,
    RunOrder,
    Stage,
    StageName,
    StartedKernel,
    Status,
    Visitor,
    Visits,
)
from jupyter_wove.runner.sockets import NamedRunner, NoRunner, RunnerSocket

__all__ = [
    "KINDS",
    "Access",
    "App",
    "AppState",
    "BuildOrder",
    "Built",
    "Code",
    "Failed",
    "KernelEnd",
    "KernelOrder",
    "KernelSignal",
    "Kind",
    "LaunchedRunner",
    "Line",
    "Live",
    "Message",
    "Minute",
    "NamedRunner",
    "NoRunner",
    "OutputLine",
    "Plan",
    "Push",
    "Ran",
    "Release",
    "Row",
    "RunOrder",
    "Runner",
    "RunnerSocket",
    "Stage",
    "StageName",
    "StartedKernel",
    "Status",
    "Visitor",
    "Visits",
    "choose_runner",
]
