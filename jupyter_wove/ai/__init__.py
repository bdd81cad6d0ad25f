"""Language models for people who work on notebooks."""

from typing import TYPE_CHECKING

from jupyter_wove.ai.models import Catalogue, catalogue
from jupyter_wove.ai.providers import Chunk, Failure
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


def scripted_server(script: bytes | None) -> "ScriptedServer":
    """Make a server of scripted models. Raises BadRequest for what is no script."""
    from jupyter_wove.ai.scripted import ScriptedServer, rules, speak  # noqa: PLC0415

    return ScriptedServer(speak if script is None else rules(script))


__all__ = [
    "Catalogue",
    "ChatRequest",
    "Chunk",
    "Failure",
    "Models",
    "ScriptedServer",
    "Written",
    "catalogue",
    "open_models",
    "read",
    "scripted_server",
]
