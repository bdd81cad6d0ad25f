"""A model that says what a script tells it: the stand-in for models that cost money."""

from jupyter_wove.ai.scripted.script import Asked, Call, Fault, Reply, Script, rules, speak
from jupyter_wove.ai.scripted.server import ScriptedServer, serving

__all__ = [
    "Asked",
    "Call",
    "Fault",
    "Reply",
    "Script",
    "ScriptedServer",
    "rules",
    "serving",
    "speak",
]
