"""The keys of providers: kept sealed, and never in a user's hands."""

from jupyter_wove.ai.keys.ring import KeyRing
from jupyter_wove.ai.keys.service import KeptKey, KeptKeys
from jupyter_wove.ai.keys.store import PersonKeys

__all__ = ["KeptKey", "KeptKeys", "KeyRing", "PersonKeys"]
