"""Deployments: a version of a project on its way to where it can be visited, and the way back."""

from jupyter_wove.deploy.deployments.models import ProposedPlan
from jupyter_wove.deploy.deployments.service import Deployments

__all__ = ["Deployments", "ProposedPlan"]
