"""Search: words in projects, and in the cells of their notebooks."""

from jupyter_wove.search.code import CodeSearch, FileHit
from jupyter_wove.search.engines import Index, KeywordEngine, Space, Vector, VectorEngine
from jupyter_wove.search.engines.choosing import EngineName, Engines
from jupyter_wove.search.engines.code import CodeEngine
from jupyter_wove.search.engines.embedded import EmbeddedCode, EmbeddedWords
from jupyter_wove.search.engines.embedded.vectors import EmbeddedVectors
from jupyter_wove.search.engines.preparing import PREPARATION
from jupyter_wove.search.indexing import Indexer
from jupyter_wove.search.jobs import IndexJobs
from jupyter_wove.search.meaning import Elsewhere, Embedder, Meaning, MeaningJobs, model_here
from jupyter_wove.search.models import Answer, Fragment, Hit, Where
from jupyter_wove.search.queries import parse
from jupyter_wove.search.service import Search

__all__ = [
    "PREPARATION",
    "Answer",
    "CodeEngine",
    "CodeSearch",
    "Elsewhere",
    "EmbeddedCode",
    "EmbeddedVectors",
    "EmbeddedWords",
    "Embedder",
    "EngineName",
    "Engines",
    "FileHit",
    "Fragment",
    "Hit",
    "Index",
    "IndexJobs",
    "Indexer",
    "KeywordEngine",
    "Meaning",
    "MeaningJobs",
    "Search",
    "Space",
    "Vector",
    "VectorEngine",
    "Where",
    "model_here",
    "parse",
]
