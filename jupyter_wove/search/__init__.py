"""Search: words in projects, and in the cells of their notebooks."""

from jupyter_wove.search.code import CodeSearch
from jupyter_wove.search.engines import Index, KeywordEngine
from jupyter_wove.search.engines.code import CodeEngine
from jupyter_wove.search.engines.embedded import EmbeddedCode, EmbeddedWords
from jupyter_wove.search.indexing import Indexer
from jupyter_wove.search.jobs import IndexJobs
from jupyter_wove.search.models import Answer, Fragment, Hit, Where
from jupyter_wove.search.service import Search

__all__ = [
    "Answer",
    "CodeEngine",
    "CodeSearch",
    "EmbeddedCode",
    "EmbeddedWords",
    "Fragment",
    "Hit",
    "Index",
    "IndexJobs",
    "Indexer",
    "KeywordEngine",
    "Search",
    "Where",
]
