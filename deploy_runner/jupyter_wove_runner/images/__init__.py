"""The images that sandboxes are made of, from the registries of Debian, PyPI and nobody else."""

from jupyter_wove_runner.images.making import Images
from jupyter_wove_runner.images.recipes import KINDS, Kind, name

__all__ = ["KINDS", "Images", "Kind", "name"]
