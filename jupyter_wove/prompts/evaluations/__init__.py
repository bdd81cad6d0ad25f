"""How well versions of a prompt do on rows of data, as graders say."""

from jupyter_wove.prompts.evaluations.models import NewEvaluation, Results
from jupyter_wove.prompts.evaluations.service import Evaluations

__all__ = ["Evaluations", "NewEvaluation", "Results"]
