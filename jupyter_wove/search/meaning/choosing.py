"""Which model there is on this machine."""

from importlib.util import find_spec

from jupyter_wove.search.meaning.embedding import Embedder
from jupyter_wove.search.meaning.minilm import PACKAGE, MiniLM

NEEDED = ("numpy", "onnxruntime", PACKAGE)


def model_here() -> Embedder | None:
    """Take the model of the extra `semantic`, where that is installed; nothing is loaded yet."""
    return MiniLM() if all(map(find_spec, NEEDED)) else None
