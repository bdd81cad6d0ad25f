"""The order of what was found, whichever engine found it."""

from jupyter_wove.search.ranking.order import Key, Ranked, ranked
from jupyter_wove.search.ranking.taste import Weights, gain, liked_of, tastes

__all__ = ["Key", "Ranked", "Weights", "gain", "liked_of", "ranked", "tastes"]
