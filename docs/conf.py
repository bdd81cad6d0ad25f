"""How the documentation is built; its reference pages are written anew from the code each time."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import reference_pages  # noqa: E402  beside this file

project = "Jupyter Wove"
author = "Jupyter Wove contributors"
copyright = "Jupyter Wove contributors"
extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
html_theme = "pydata_sphinx_theme"
html_title = "Jupyter Wove"
html_static_path = ["_static"]
html_show_sourcelink = False
html_theme_options = {
    "navbar_align": "left",
    "show_prev_next": False,
    "secondary_sidebar_items": ["page-toc"],
    "icon_links": [
        {
            "name": "Source",
            "url": "https://github.com/jupyter-wove/jupyter-wove",
            "icon": "fa-brands fa-github",
        }
    ],
}


def setup(app):
    reference_pages.write(HERE / "reference" / "generated")
