"""Whether the notebooks of a version still run: what was found, and when.

What finds it out lies above, where there are sandboxes; everybody may read it here.
"""

from jupyter_wove.projects.checks.models import (
    BookRun,
    CheckState,
    CleanRun,
    ProjectCheck,
    ProjectChecked,
)
from jupyter_wove.projects.checks.service import Checks, seen_checks
from jupyter_wove.projects.checks.store import CheckStore
from jupyter_wove.projects.checks.tables import CheckRow

__all__ = [
    "BookRun",
    "CheckRow",
    "CheckState",
    "CheckStore",
    "Checks",
    "CleanRun",
    "ProjectCheck",
    "ProjectChecked",
    "seen_checks",
]
