"""Search by meaning: texts as vectors, so that what means the same is found by other words."""

from jupyter_wove.search.meaning.choosing import model_here
from jupyter_wove.search.meaning.embedding import Elsewhere, Embedder
from jupyter_wove.search.meaning.fusion import CODE, CONSIDERED, TEXT, Worded, fuse
from jupyter_wove.search.meaning.jobs import READING, MeaningJobs
from jupyter_wove.search.meaning.service import Meaning

__all__ = [
    "CODE",
    "CONSIDERED",
    "READING",
    "TEXT",
    "Elsewhere",
    "Embedder",
    "Meaning",
    "MeaningJobs",
    "Worded",
    "fuse",
    "model_here",
]
