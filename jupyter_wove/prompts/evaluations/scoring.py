"""What results say: how well each version does, and how much better than the others."""

from collections.abc import Callable, Iterator
from itertools import combinations
from statistics import fmean

from jupyter_wove.prompts.evaluations.models import Contrast, Result, Score
from jupyter_wove.prompts.evaluations.statistics import interval, median, share_of

P95 = 0.95


def score(result: Result, dollars: str | None) -> Score:
    """Sum up what came of a version with a model."""
    graded = [each for each in result.scores if each is not None]
    took = [each for each in result.seconds if each is not None]
    low, high = interval(graded) or (None, None)
    return Score(
        version=result.version,
        model=result.model,
        graded=len(graded),
        missing=len(result.scores) - len(graded),
        mean=fmean(graded) if graded else None,
        low=low,
        high=high,
        dollars=dollars,
        median=median(took),
        p95=share_of(took, P95),
    )


def scores(results: list[Result], dollars: Callable[[Result], str | None]) -> list[Score]:
    """Sum up all that came."""
    return [score(each, dollars(each)) for each in results]


def contrasts(results: list[Result]) -> Iterator[Contrast]:
    """Compare versions, each with those before it, row by row with the same model."""
    for base, other in combinations(results, 2):
        if base.model == other.model and (found := contrast(base, other)):
            yield found


def contrast(base: Result, other: Result) -> Contrast | None:
    """Tell how much better one does than the other; None where no row has a score of both."""
    pairs = zip(base.scores, other.scores, strict=True)
    differences = [new - old for old, new in pairs if old is not None and new is not None]
    if not differences:
        return None
    low, high = interval(differences) or (None, None)
    mean = fmean(differences)
    return Contrast(other.version, base.version, base.model, len(differences), mean, low, high)
