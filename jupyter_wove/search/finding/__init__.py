"""Finding: from a question to a page of results, in steps that each look at less."""

from jupyter_wove.search.finding.candidates import Candidates, Stage, candidates
from jupyter_wove.search.finding.drawing import Drawing
from jupyter_wove.search.finding.fusing import Fusing
from jupyter_wove.search.finding.meaning import corrected, facets_of, suggestion

__all__ = [
    "Candidates",
    "Drawing",
    "Fusing",
    "Stage",
    "candidates",
    "corrected",
    "facets_of",
    "suggestion",
]
