"""Language models for people who work on notebooks."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from jupyter_wove.ai.agents import (
    FAILED,
    FREE,
    MAY,
    OFFERED,
    Approvals,
    Asked,
    Going,
    Mode,
    Outcome,
    Plan,
    Planner,
    Question,
    Risk,
    Runs,
    Step,
    StepState,
    Tool,
    Whose,
    Worker,
)
from jupyter_wove.ai.completing import Typed, asked, inserted, read_typed
from jupyter_wove.ai.consents import Consents
from jupyter_wove.ai.context import (
    Folders,
    InFront,
    Item,
    Packed,
    Remembered,
    Seen,
    Variable,
    Wishes,
    notebook_items,
    notebooks_in,
    outputs_of,
    pack,
    rules_of,
    said_of,
    variable_items,
    with_secrets,
    without_secrets,
)
from jupyter_wove.ai.ledger import ASKED, AttemptRow, close_lost, spent_on
from jupyter_wove.ai.mcp_servers import NO_SDK, McpServers, OfferedTool
from jupyter_wove.ai.memories import Memories, NewMemory, Source
from jupyter_wove.ai.models import By, Catalogue, catalogue, mcp_settings
from jupyter_wove.ai.providers import Chunk, Embedded, Failure, Usage
from jupyter_wove.ai.routing import ConsentNeeded
from jupyter_wove.ai.setup import ModelSetup, Setup
from jupyter_wove.ai.sights import OF_WINDOW, Eyes, Sights, room_in
from jupyter_wove.ai.spending import Spending, Spent, UsageReport, dollars
from jupyter_wove.ai.summaries import Summaries, Summary, summary_request
from jupyter_wove.ai.tokens import estimate
from jupyter_wove.ai.tutoring import Binding, Tutored, Tutoring, Withholding, until_when
from jupyter_wove.ai.wire import (
    Account,
    ChatRequest,
    EmbeddingRequest,
    PromptUse,
    Written,
    read,
    read_embedding,
    written,
)
from jupyter_wove.kit.errors import Unavailable
from jupyter_wove.kit.loading import undisturbed
from jupyter_wove.kit.sealing import Sealing
from jupyter_wove.kit.units import Unit, Units

if TYPE_CHECKING:
    from jupyter_wove.ai.agents.graph import Agent
    from jupyter_wove.ai.embedding import Routed
    from jupyter_wove.ai.keys import KeptKeys
    from jupyter_wove.ai.mcp_servers.connections import Connections
    from jupyter_wove.ai.scripted import ScriptedServer
    from jupyter_wove.ai.service import Models


def open_models(units: Units, known: Catalogue, sealing: Sealing, data: Path) -> "Models":
    """Open the models of a configuration. Takes a third of a second the first time."""
    with undisturbed("jupyter_wove.ai.service"):
        from jupyter_wove.ai.service import Models  # noqa: PLC0415 — late: what speaks HTTP is large

    close_lost(units, data / ASKED)
    return Models(units, known, kept_keys(units, sealing), data / ASKED)


def embedder(known: Catalogue, name: str, dimension: int) -> "Routed":
    """Have search by meaning ask a model by its name. Raises NotFound and Unavailable."""
    from jupyter_wove.ai.embedding import Routed  # noqa: PLC0415 — late: few servers ask any

    return Routed(known, name, dimension)


def kept_keys(units: Units, sealing: Sealing) -> "KeptKeys":
    """Reach the keys of providers that are kept."""
    from jupyter_wove.ai.keys import KeptKeys  # noqa: PLC0415 — late: few servers keep any

    return KeptKeys(units, sealing)


def open_connections() -> "Connections":
    """Open a place for connections with MCP servers. Raises Unavailable without their SDK."""
    try:
        from jupyter_wove.ai.mcp_servers.connections import Connections  # noqa: PLC0415 — a second
    except ImportError as error:
        raise Unavailable(NO_SDK) from error
    return Connections()


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


def evaluation_costs(unit: Unit) -> Callable[[UUID, str, str, datetime], str | None]:
    """Tell what it cost to evaluate a prompt, in dollars; null where nobody knows."""

    def costs(person_id: UUID, prompt: str, route: str, since: datetime) -> str | None:
        picos = spent_on(unit.session, person_id, prompt, route, since)
        return None if picos is None else dollars(picos)

    return costs


def open_agent(
    run_id: UUID, worker: Worker, window: int, state: bytes = b"", planner: Planner | None = None
) -> "Agent":
    """Make an agent that begins, or goes on. Takes seconds the first time: do it in a thread."""
    with undisturbed("jupyter_wove.ai.agents.graph"):
        from jupyter_wove.ai.agents.graph import Agent  # noqa: PLC0415 — late: LangChain is large

    return Agent(run_id, worker, window, state, planner)


__all__ = [
    "ASKED",
    "FAILED",
    "FREE",
    "MAY",
    "OFFERED",
    "OF_WINDOW",
    "Account",
    "Approvals",
    "Asked",
    "AttemptRow",
    "Binding",
    "By",
    "Catalogue",
    "ChatRequest",
    "Chunk",
    "Connections",
    "ConsentNeeded",
    "Consents",
    "Embedded",
    "EmbeddingRequest",
    "Eyes",
    "Failure",
    "Folders",
    "Going",
    "InFront",
    "Item",
    "KeptKeys",
    "McpServers",
    "Memories",
    "Mode",
    "ModelSetup",
    "Models",
    "NewMemory",
    "OfferedTool",
    "Outcome",
    "Packed",
    "Plan",
    "Planner",
    "PromptUse",
    "Question",
    "Remembered",
    "Risk",
    "Runs",
    "ScriptedServer",
    "Seen",
    "Setup",
    "Sights",
    "Source",
    "Spending",
    "Spent",
    "Step",
    "StepState",
    "Summaries",
    "Summary",
    "Tool",
    "Tutored",
    "Tutoring",
    "Typed",
    "Usage",
    "UsageReport",
    "Variable",
    "Whose",
    "Wishes",
    "Withholding",
    "Worker",
    "Written",
    "asked",
    "catalogue",
    "close_lost",
    "dollars",
    "embedder",
    "estimate",
    "evaluation_costs",
    "forget_turns",
    "inserted",
    "kept_keys",
    "mcp_settings",
    "notebook_items",
    "notebooks_in",
    "open_agent",
    "open_connections",
    "open_models",
    "outputs_of",
    "pack",
    "read",
    "read_embedding",
    "read_typed",
    "room_in",
    "rules_of",
    "said_of",
    "scripted_server",
    "summary_request",
    "take_turn",
    "until_when",
    "variable_items",
    "with_secrets",
    "without_secrets",
    "written",
]
