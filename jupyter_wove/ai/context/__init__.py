"""What a model is shown besides what people say: of the notebook, and of what runs."""

from jupyter_wove.ai.context.models import Item, Kind, Packed, Shown
from jupyter_wove.ai.context.notebooks import Seen, notebook_items
from jupyter_wove.ai.context.packing import pack
from jupyter_wove.ai.context.secrets import without_secrets
from jupyter_wove.ai.context.variables import Variable, variable_items

__all__ = [
    "Item",
    "Kind",
    "Packed",
    "Seen",
    "Shown",
    "Variable",
    "notebook_items",
    "pack",
    "variable_items",
    "without_secrets",
]
