"""Writes down what becomes of answers, from what the server itself sees happen."""

from jupyter_wove.outcomes.recording.hearing import Hearing
from jupyter_wove.outcomes.recording.lasting import look_again
from jupyter_wove.outcomes.recording.uses import Uses

__all__ = ["Hearing", "Uses", "look_again"]
