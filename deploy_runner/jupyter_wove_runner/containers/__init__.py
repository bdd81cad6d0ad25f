"""Containers, images and what happens in them: the only door to Docker."""

from jupyter_wove_runner.containers.container import Container
from jupyter_wove_runner.containers.engine import Engine
from jupyter_wove_runner.containers.errors import EngineFailed, or_undone, surely
from jupyter_wove_runner.containers.labels import Labels, read_labels
from jupyter_wove_runner.containers.log import Hear
from jupyter_wove_runner.containers.running import Ended

__all__ = [
    "Container",
    "Ended",
    "Engine",
    "EngineFailed",
    "Hear",
    "Labels",
    "or_undone",
    "read_labels",
    "surely",
]
