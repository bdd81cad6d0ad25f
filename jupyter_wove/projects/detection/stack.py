"""Reads which languages and libraries code uses, without parsing or running it."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

_LANGUAGES = {
    ".c": "c", ".cpp": "c++", ".go": "go", ".java": "java", ".jl": "julia", ".js": "javascript",
    ".py": "python", ".r": "r", ".rs": "rust", ".scala": "scala", ".sql": "sql",
    ".ts": "typescript",
}  # fmt: skip
_SPOKEN = {*_LANGUAGES.values(), "bash", "octave", "sage", "haskell", "ruby", "kotlin", "c++"}
_RENAMED = {
    "bs4": "beautifulsoup", "cv2": "opencv", "mpl_toolkits": "matplotlib", "PIL": "pillow",
    "psycopg": "postgresql", "psycopg2": "postgresql", "pylab": "matplotlib",
    "pyspark": "spark", "skimage": "scikit-image", "sklearn": "scikit-learn",
    "torch": "pytorch", "torchvision": "pytorch",
}  # fmt: skip
_NAMED = frozenset(
    {
        "altair", "arviz", "astropy", "bokeh", "cartopy", "cupy", "dash", "dask", "datasets",
        "django", "duckdb", "fastapi", "flask", "folium", "gensim", "geopandas", "gradio",
        "holoviews", "httpx", "hvplot", "ibis", "ipyleaflet", "ipywidgets", "jax", "joblib",
        "keras", "langchain", "librosa", "lightgbm", "matplotlib", "mlflow", "networkx", "nltk",
        "numba", "numpy", "openai", "openpyxl", "optuna", "pandas", "panel", "plotly", "polars",
        "prophet", "pyarrow", "pydantic", "pymc", "pytest", "qiskit", "rasterio", "requests",
        "scipy", "seaborn", "shap", "simpy", "spacy", "sqlalchemy", "statsmodels", "streamlit",
        "sympy", "tensorflow", "transformers", "vaex", "voila", "wandb", "xarray", "xgboost",
    }
)  # fmt: skip
_IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+([A-Za-z_][\w.]*)[ \t]+import|import[ \t]+([^\n#;]{1,500}))",
    re.MULTILINE,
)


def language_of(name: str) -> str | None:
    """Tell a language by the end of a file's name, or None."""
    return _LANGUAGES.get("." + name.rpartition(".")[2]) if "." in name else None


def libraries_of(code: str) -> set[str]:
    """Name the known libraries that Python code, with or without magics, imports."""
    return {library for module in _modules(code) if (library := _library(module))}


def notebook_of(content: bytes) -> tuple[str | None, str]:
    """Give the language and the code of a notebook; (None, "") for what is none."""
    try:
        book = msgspec.json.decode(content)
    except (msgspec.DecodeError, RecursionError):
        return None, ""
    if not isinstance(book, dict):
        return None, ""
    return _language(book), "\n".join(_sources(book))


def _modules(code: str) -> Iterator[str]:
    for from_, imported in _IMPORT.findall(code):
        yield from_ or ""
        yield from (part.split()[0] for part in imported.split(",") if part.strip())


def _library(module: str) -> str | None:
    top = module.partition(".")[0]
    return _RENAMED.get(top) or (top if top in _NAMED else None)


def _language(book: dict[str, Any]) -> str | None:
    metadata = _dict(book.get("metadata"))
    kernel = _dict(metadata.get("kernelspec"))
    said = kernel.get("language") or _dict(metadata.get("language_info")).get("name")
    name = said.lower() if isinstance(said, str) else _by_kernel(kernel.get("name"))
    return name if name in _SPOKEN else None


def _by_kernel(kernel: Any) -> str:
    """Tell the language of an old notebook by the kernel it names."""
    known = {"ir": "r", "python2": "python", "python3": "python"}
    return known.get(kernel, "") if isinstance(kernel, str) else "python"


def _sources(book: dict[str, Any]) -> Iterator[str]:
    """Give the source of each code cell, of old formats too."""
    sheets = [book, *_dicts(book.get("worksheets"))]
    for cell in (cell for sheet in sheets for cell in _dicts(sheet.get("cells"))):
        source = cell.get("source", cell.get("input")) if cell.get("cell_type") == "code" else ""
        lines = source if isinstance(source, list) else [source]
        yield "".join(line for line in lines if isinstance(line, str))


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
