"""Facts: what is known of a cell, a file or a project, and can be asked for."""

from jupyter_wove.search.facts.models import Fact, Kind

FactKind = Kind

__all__ = ["Fact", "FactKind"]
