"""Experiments: two or more versions of a prompt, each for its share of the people."""

from jupyter_wove.prompts.experiments.assigning import Assigned, Assignments
from jupyter_wove.prompts.experiments.buckets import bucket
from jupyter_wove.prompts.experiments.service import Experiments
from jupyter_wove.prompts.experiments.store import ExperimentStore
from jupyter_wove.prompts.experiments.tables import ExperimentRow, VariantRow

__all__ = [
    "Assigned",
    "Assignments",
    "ExperimentRow",
    "ExperimentStore",
    "Experiments",
    "VariantRow",
    "bucket",
]
