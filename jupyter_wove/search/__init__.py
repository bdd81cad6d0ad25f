"""Search: words in projects, and in the cells of their notebooks."""

from jupyter_wove.search.engines import Index, KeywordEngine
from jupyter_wove.search.engines.choosing import EngineName, Engines
from jupyter_wove.search.engines.embedded import EmbeddedWords
from jupyter_wove.search.indexing import Indexer
from jupyter_wove.search.jobs import IndexJobs
from jupyter_wove.search.models import Fragment, Hit, Where
from jupyter_wove.search.service import Search

__all__ = [
    "EmbeddedWords",
    "EngineName",
    "Engines",
    "Fragment",
    "Hit",
    "Index",
    "IndexJobs",
    "Indexer",
    "KeywordEngine",
    "Search",
    "Where",
]
