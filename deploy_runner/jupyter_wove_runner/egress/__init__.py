"""The way out of sandboxes: a proxy in a container, with a list of hosts for each network."""

from jupyter_wove_runner.egress.refusals import sentence
from jupyter_wove_runner.egress.way_out import Egress

__all__ = ["Egress", "sentence"]
