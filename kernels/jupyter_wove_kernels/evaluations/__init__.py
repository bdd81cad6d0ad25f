"""Evaluations: versions of a prompt and models, tried on rows of data and graded."""

from jupyter_wove_kernels.evaluations.graders import (
    Grader,
    contains,
    equals,
    follows,
    graded_by,
    matches,
    passes,
)
from jupyter_wove_kernels.evaluations.judging import judged, judged_by
from jupyter_wove_kernels.evaluations.results import Evaluation
from jupyter_wove_kernels.evaluations.running import evaluate

__all__ = [
    "Evaluation",
    "Grader",
    "contains",
    "equals",
    "evaluate",
    "follows",
    "graded_by",
    "judged",
    "judged_by",
    "matches",
    "passes",
]
