"""Apps: what is made of projects for visitors, built, checked and served by the runner."""

from jupyter_wove.deploy.deployments import Deployments
from jupyter_wove.deploy.hosting import Hosting
from jupyter_wove.deploy.jobs import release_kind
from jupyter_wove.deploy.models import (
    AppChange,
    AppChanged,
    AppDeleted,
    AppDeployed,
    DeployedApp,
    DeployedRelease,
    Deployment,
    DeploymentFailed,
    LogLine,
    LogNews,
    NewApp,
    NewDeployment,
    RollBack,
)
from jupyter_wove.deploy.service import Apps

__all__ = [
    "AppChange",
    "AppChanged",
    "AppDeleted",
    "AppDeployed",
    "Apps",
    "DeployedApp",
    "DeployedRelease",
    "Deployment",
    "DeploymentFailed",
    "Deployments",
    "Hosting",
    "LogLine",
    "LogNews",
    "NewApp",
    "NewDeployment",
    "RollBack",
    "release_kind",
]
