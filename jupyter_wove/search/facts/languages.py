"""Which language a notebook, a cell or a file is written in."""

from pathlib import PurePosixPath

from jupyter_wove.projects import Notebook

SUFFIXES = {
    **dict.fromkeys((".py", ".pyi", ".pyx"), "python"),
    **dict.fromkeys((".js", ".jsx", ".mjs", ".cjs"), "javascript"),
    **dict.fromkeys((".c", ".h"), "c"),
    **dict.fromkeys((".cpp", ".hpp", ".cc", ".cxx"), "c++"),
    **dict.fromkeys((".sh", ".bash"), "bash"),
    **dict.fromkeys((".r", ".rmd"), "r"),
    **dict.fromkeys((".yaml", ".yml"), "yaml"),
    **dict.fromkeys((".md", ".markdown", ".qmd"), "markdown"),
    **{".css": "css", ".go": "go", ".html": "html", ".java": "java", ".jl": "julia"},
    **{".lua": "lua", ".m": "matlab", ".pl": "perl", ".rb": "ruby", ".rs": "rust"},
    **{".scala": "scala", ".sql": "sql", ".swift": "swift", ".tex": "latex", ".toml": "toml"},
    **{".ts": "typescript", ".tsx": "tsx", ".rst": "rst"},
}
# What a project is not said to be written in because it has a file of it.
BESIDE = frozenset({"css", "html", "latex", "markdown", "rst", "toml", "yaml"})
# Cells that begin with one of these run what follows as the Python it is.
_PYTHON_MAGICS = (
    "time timeit capture prun memit mprun lprun snakeviz scalene wandb cache pyinstrument heat"
    " debug python python3 px skip"
)
PYTHON_MAGICS = frozenset(_PYTHON_MAGICS.split())
MAGICS = {
    **dict.fromkeys(("bash", "sh", "system", "sx", "!"), "bash"),
    **dict.fromkeys(("javascript", "js"), "javascript"),
    **{"R": "r", "julia": "julia", "sql": "sql", "bigquery": "sql", "html": "html"},
    **{"HTML": "html", "latex": "latex", "markdown": "markdown", "ruby": "ruby", "perl": "perl"},
    **{"cython": "cython", "svg": "svg", "SVG": "svg"},
}
_ALIASES = {
    "ir": "r",
    "ipython": "python",
    "python3": "python",
    "c++17": "c++",
    "node": "javascript",
}


def of_notebook(notebook: Notebook) -> str:
    """Tell the language of a notebook's kernel: Python where it says nothing."""
    said = notebook.metadata
    for where, key in (
        ("language_info", "name"),
        ("kernelspec", "language"),
        ("kernelspec", "name"),
    ):
        place = said.get(where)
        name = place.get(key) if isinstance(place, dict) else None
        if isinstance(name, str) and name.strip():
            return _plain(name)
    return "python"


def of_file(path: str) -> str | None:
    """Tell the language of a file by its name; None where it tells nothing."""
    return SUFFIXES.get(PurePosixPath(path).suffix.lower())


def _plain(name: str) -> str:
    """Write a kernel's language like that of files: julia-1.10 is julia."""
    plain = name.strip().lower()[:40]
    plain = plain if plain in _ALIASES else plain.partition("-")[0]
    return _ALIASES.get(plain, plain)
