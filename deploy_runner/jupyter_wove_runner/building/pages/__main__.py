"""Writes the pages of a project's notebooks, in a process of its own that can be ended."""

import sys
from pathlib import Path

# jsonschema would parse a grammar for a second as it is imported, to check addresses that no
# notebook has; without it, it does without.
sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]

from jupyter_wove_runner.building.children import main  # noqa: E402
from jupyter_wove_runner.building.pages.site import Pages, Say  # noqa: E402


def write(say: Say, project: str, site: str, entry: str) -> None:
    """Write the site of the notebooks in a folder into another."""
    Pages(Path(project), Path(site), entry, say).write()


main(write)
