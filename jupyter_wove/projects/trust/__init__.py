"""Whom people trust: code in projects that came from elsewhere runs in a sandbox until they do."""

from jupyter_wove.projects.trust.models import ProjectTrust, Standing
from jupyter_wove.projects.trust.service import Trusts

__all__ = ["ProjectTrust", "Standing", "Trusts"]
