"""What a model is shown besides what people say: of the notebook, and of what runs."""

from jupyter_wove.ai.context.models import Item, Kind, Packed, Shown
from jupyter_wove.ai.context.notebooks import Seen, notebook_items, outputs_of, said_of
from jupyter_wove.ai.context.packing import pack
from jupyter_wove.ai.context.secrets import with_secrets, without_secrets
from jupyter_wove.ai.context.variables import Variable, variable_items

__all__ = [
    "Item",
    "Kind",
    "Packed",
    "Seen",
    "Shown",
    "Variable",
    "notebook_items",
    "outputs_of",
    "pack",
    "said_of",
    "variable_items",
    "with_secrets",
    "without_secrets",
]
