"""Host names of an app's own: asked for, proven, and let go."""

from jupyter_wove.deploy.domains.models import Domain, NewDomain
from jupyter_wove.deploy.domains.proving import Proving
from jupyter_wove.deploy.domains.records import Records
from jupyter_wove.deploy.domains.service import Domains

__all__ = ["Domain", "Domains", "NewDomain", "Proving", "Records"]
