"""`jupyter wove …`: the same operations as over HTTP, done on this machine by its owner."""

from jupyter_wove.cli.main import main

__all__ = ["main"]
