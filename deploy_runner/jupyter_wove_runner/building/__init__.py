"""Builds: from the files of a project and a plan to an image or a site that can be served."""

from jupyter_wove_runner.building.ahead import Ahead
from jupyter_wove_runner.building.builds import Builds
from jupyter_wove_runner.building.place import Place
from jupyter_wove_runner.building.preparing import prepare
from jupyter_wove_runner.building.routes import routes
from jupyter_wove_runner.building.sites import Sites
from jupyter_wove_runner.building.stacks import STACKS, Stacks

__all__ = ["STACKS", "Ahead", "Builds", "Place", "Sites", "Stacks", "prepare", "routes"]
