"""Long work that somebody started: how far it is, what came of it, and stopping it."""

from jupyter_wove.jobs.service import JobDesk

__all__ = ["JobDesk"]
