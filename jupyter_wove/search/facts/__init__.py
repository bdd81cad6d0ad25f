"""Facts: what can be known of notebooks and code without running them."""

from jupyter_wove.search.facts.identifiers import names, parts
from jupyter_wove.search.facts.languages import BESIDE, of_file
from jupyter_wove.search.facts.models import Fact, Kind, Symbol
from jupyter_wove.search.facts.reading import NotebookFacts, facts_of_code, facts_of_notebook
from jupyter_wove.search.facts.symbols import symbols

FactKind = Kind

__all__ = [
    "BESIDE",
    "Fact",
    "FactKind",
    "NotebookFacts",
    "Symbol",
    "facts_of_code",
    "facts_of_notebook",
    "names",
    "of_file",
    "parts",
    "symbols",
]
