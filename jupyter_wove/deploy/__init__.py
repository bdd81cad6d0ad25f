"""Apps: what is made of projects for visitors, built, checked and served by the runner."""

from jupyter_wove.deploy.checking import Checking, NewCheck, check_kind
from jupyter_wove.deploy.deployments import Deployments
from jupyter_wove.deploy.domains import Domain, Domains, NewDomain, Proving, Records
from jupyter_wove.deploy.following import Following
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
    NewPreview,
    RollBack,
)
from jupyter_wove.deploy.previews import Previews
from jupyter_wove.deploy.recipes import Files, detect, plan_toml
from jupyter_wove.deploy.service import Apps
from jupyter_wove.deploy.targets import Targets
from jupyter_wove.deploy.variables import AppVariable, AppVariables, VariableValue
from jupyter_wove.deploy.visiting import Visiting

__all__ = [
    "AppChange",
    "AppChanged",
    "AppDeleted",
    "AppDeployed",
    "AppVariable",
    "AppVariables",
    "Apps",
    "Checking",
    "DeployedApp",
    "DeployedRelease",
    "Deployment",
    "DeploymentFailed",
    "Deployments",
    "Domain",
    "Domains",
    "Files",
    "Following",
    "Hosting",
    "LogLine",
    "LogNews",
    "NewApp",
    "NewCheck",
    "NewDeployment",
    "NewDomain",
    "NewPreview",
    "Previews",
    "Proving",
    "Records",
    "RollBack",
    "Targets",
    "VariableValue",
    "Visiting",
    "check_kind",
    "detect",
    "plan_toml",
    "release_kind",
]
