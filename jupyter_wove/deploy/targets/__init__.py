"""Targets: the places beside this computer's runner where apps can be served.

Cloudflare, AWS Lambda, Fly and Kubernetes are here; other packages add theirs as a `Plugin`, by an
entry point of the group `jupyter_wove.targets`. No SDK is loaded before its target is used.
"""

from jupyter_wove.deploy.targets.models import DeployTarget, Need, NotWell, Order, Parcels, Secret
from jupyter_wove.deploy.targets.options import ADMINISTRATORS, Options
from jupyter_wove.deploy.targets.parcels import FromRunner
from jupyter_wove.deploy.targets.registry import LOCAL, demand_extra
from jupyter_wove.deploy.targets.service import Targets
from jupyter_wove.deploy.targets.target import Plugin, Say, Target

__all__ = [
    "ADMINISTRATORS",
    "LOCAL",
    "DeployTarget",
    "FromRunner",
    "Need",
    "NotWell",
    "Options",
    "Order",
    "Parcels",
    "Plugin",
    "Say",
    "Secret",
    "Target",
    "Targets",
    "demand_extra",
]
