"""Search in code: by text or pattern, line by line."""

from jupyter_wove.search.code.models import FileHit
from jupyter_wove.search.code.service import CodeSearch

__all__ = ["CodeSearch", "FileHit"]
