"""Tutor policies: what models may tell those who learn, enforced where answers pass through."""

from jupyter_wove.ai.tutoring.gate import allow, held_back
from jupyter_wove.ai.tutoring.models import Binding, Tutored, until_when
from jupyter_wove.ai.tutoring.service import Tutoring, binding_of
from jupyter_wove.ai.tutoring.withholding import Withholding

__all__ = [
    "Binding",
    "Tutored",
    "Tutoring",
    "Withholding",
    "allow",
    "binding_of",
    "held_back",
    "until_when",
]
