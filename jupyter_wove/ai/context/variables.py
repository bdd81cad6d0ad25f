"""What runs: the variables of a kernel, by their kind and shape, never by their values."""

import msgspec

from jupyter_wove.ai.context.models import Item, Kind

RANK = 3  # behind the cells that the one in focus is built on
MOST = 60
LONGEST = 300  # characters of one


class Variable(msgspec.Struct, frozen=True):
    """A variable of a kernel: its name, its type, and what can be said of its shape."""

    name: str
    type: str
    about: str = ""


def variable_items(variables: list[Variable]) -> list[Item]:
    """List what may be shown of a kernel."""
    if not variables:
        return []
    lines = [f"{each.name}: {each.type} {each.about}".strip()[:LONGEST] for each in variables]
    text = "\n".join(lines[:MOST])
    name = "Variables of the running kernel (kinds and shapes, no values)"
    return [Item(id="variables", kind=Kind.VARIABLES, name=name, text=text, rank=RANK)]
