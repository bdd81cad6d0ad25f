"""Whose turn it is to answer a message of a chat."""

from jupyter_wove.ai.turns.service import Turns

__all__ = ["Turns"]
