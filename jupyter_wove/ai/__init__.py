"""Language models for people who work on notebooks."""

from typing import TYPE_CHECKING
from uuid import UUID

from jupyter_wove.ai.context import (
    Item,
    Packed,
    Seen,
    Variable,
    notebook_items,
    pack,
    variable_items,
)
from jupyter_wove.ai.models import Catalogue, catalogue
from jupyter_wove.ai.providers import Chunk, Failure, Usage
from jupyter_wove.ai.tokens import estimate
from jupyter_wove.ai.wire import ChatRequest, Written, read
from jupyter_wove.kit.units import Units

if TYPE_CHECKING:
    from jupyter_wove.ai.scripted import ScriptedServer
    from jupyter_wove.ai.service import Models


def open_models(units: Units, known: Catalogue) -> "Models":
    """Open the models of a configuration. Takes a third of a second the first time."""
    from jupyter_wove.ai.ledger import close_lost  # noqa: PLC0415 — late: few servers ask any
    from jupyter_wove.ai.service import Models  # noqa: PLC0415 — late: what speaks HTTP is large

    close_lost(units)
    return Models(units, known)


def take_turn(units: Units, chat: str, message: str, person: UUID) -> bool:
    """Take the turn to answer somebody's message of a chat; False where another has it already."""
    from jupyter_wove.ai.turns import Turns  # noqa: PLC0415 — late: few servers answer any

    return Turns(units).take(chat, message, person)


def forget_turns(units: Units) -> None:
    """Forget who answered messages that will not come again."""
    from jupyter_wove.ai.turns import Turns  # noqa: PLC0415 — late: few servers answer any

    Turns(units).forget_old()


def scripted_server(script: bytes | None) -> "ScriptedServer":
    """Make a server of scripted models. Raises BadRequest for what is no script."""
    from jupyter_wove.ai.scripted import ScriptedServer, rules, speak  # noqa: PLC0415

    return ScriptedServer(speak if script is None else rules(script))


__all__ = [
    "Catalogue",
    "ChatRequest",
    "Chunk",
    "Failure",
    "Item",
    "Models",
    "Packed",
    "ScriptedServer",
    "Seen",
    "Usage",
    "Variable",
    "Written",
    "catalogue",
    "estimate",
    "forget_turns",
    "notebook_items",
    "open_models",
    "pack",
    "read",
    "scripted_server",
    "take_turn",
    "variable_items",
]
