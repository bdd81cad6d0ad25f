"""Variables of the environment that an app starts with, such as keys of other services."""

from jupyter_wove.deploy.variables.models import AppVariable, VariableValue
from jupyter_wove.deploy.variables.service import AppVariables

__all__ = ["AppVariable", "AppVariables", "VariableValue"]
