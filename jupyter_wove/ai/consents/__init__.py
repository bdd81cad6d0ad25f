"""Nobody's money is spent before they say yes: the first time is asked about."""

from jupyter_wove.ai.consents.service import Consents, has_agreed

__all__ = ["Consents", "has_agreed"]
