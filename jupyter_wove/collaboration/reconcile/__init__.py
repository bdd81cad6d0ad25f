"""Bring what somebody changed in a file into the history of its document, and nothing twice."""

from jupyter_wove.collaboration.reconcile.models import Reconciled
from jupyter_wove.collaboration.reconcile.service import edited, reconcile

__all__ = ["Reconciled", "edited", "reconcile"]
