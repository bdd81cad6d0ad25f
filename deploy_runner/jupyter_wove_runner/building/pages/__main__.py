"""Writes the pages of a project's notebooks, in a process of its own that can be ended."""

from pathlib import Path

from jupyter_wove_runner.building.children import main
from jupyter_wove_runner.building.pages.site import Pages, Say


def write(say: Say, project: str, site: str, entry: str) -> None:
    """Write the site of the notebooks in a folder into another."""
    Pages(Path(project), Path(site), entry, say).write()


main(write)
