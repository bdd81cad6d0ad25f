"""How often and how much may be asked, counted in the memory of this process."""

from jupyter_wove.ai.limits.gate import Admission, Gate, Limited

__all__ = ["Admission", "Gate", "Limited"]
