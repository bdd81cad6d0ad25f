"""Bring what somebody changed in a file into the history of its document, and nothing twice."""

from jupyter_wove.collaboration.reconciliation.models import Reconciled
from jupyter_wove.collaboration.reconciliation.service import edited, reconcile

__all__ = ["Reconciled", "edited", "reconcile"]
