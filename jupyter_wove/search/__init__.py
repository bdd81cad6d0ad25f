"""Search: words in projects, and in the cells of their notebooks."""

from jupyter_wove.search.engines import Engine
from jupyter_wove.search.engines.embedded import Embedded
from jupyter_wove.search.indexing import Indexer
from jupyter_wove.search.jobs import IndexJobs
from jupyter_wove.search.models import Fragment, Hit, Where
from jupyter_wove.search.service import Search

__all__ = ["Embedded", "Engine", "Fragment", "Hit", "IndexJobs", "Indexer", "Search", "Where"]
