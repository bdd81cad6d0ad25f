"""Search by meaning: texts as vectors, so that what means the same is found by other words."""

from jupyter_wove.search.meaning.embedding import Embedder

__all__ = ["Embedder"]
