"""Running the notebooks of a project once, in the sandbox, to see whether they still do."""

from jupyter_wove.deploy.checking.jobs import check_kind
from jupyter_wove.deploy.checking.models import NewCheck
from jupyter_wove.deploy.checking.service import Checking

__all__ = ["Checking", "NewCheck", "check_kind"]
