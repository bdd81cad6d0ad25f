"""What a model is shown besides what people say: of the notebook, and of what runs."""

from jupyter_wove.ai.context.folders import Folders
from jupyter_wove.ai.context.folders.rules import Rules, rules_of
from jupyter_wove.ai.context.folders.scanning import notebooks_in
from jupyter_wove.ai.context.gathering import InFront, gather
from jupyter_wove.ai.context.memories import Remembered
from jupyter_wove.ai.context.models import Item, Kind, Packed, Shown, Wishes
from jupyter_wove.ai.context.notebooks import Seen, notebook_items, outputs_of, said_of
from jupyter_wove.ai.context.packing import pack
from jupyter_wove.ai.context.secrets import with_secrets, without_secrets
from jupyter_wove.ai.context.variables import Variable, variable_items

__all__ = [
    "Folders",
    "InFront",
    "Item",
    "Kind",
    "Packed",
    "Remembered",
    "Rules",
    "Seen",
    "Shown",
    "Variable",
    "Wishes",
    "gather",
    "notebook_items",
    "notebooks_in",
    "outputs_of",
    "pack",
    "rules_of",
    "said_of",
    "variable_items",
    "with_secrets",
    "without_secrets",
]
