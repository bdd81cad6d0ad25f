"""Prompts of the kind `agent`, as whoever answers in a chat goes by them."""

import msgspec

from jupyter_wove.accounts import Actor
from jupyter_wove.kit.errors import InvalidRequest, NotFound
from jupyter_wove.kit.units import Units
from jupyter_wove.prompts.format import Header, parse
from jupyter_wove.prompts.policy import UNKNOWN, PromptAction
from jupyter_wove.prompts.renderings import PromptRenderings
from jupyter_wove.prompts.renderings.models import Rendering
from jupyter_wove.prompts.store import PromptStore, number_of_row
from jupyter_wove.prompts.tables import PromptRow, PromptVersionRow

AGENT = "agent"


class AgentPrompt(msgspec.Struct, frozen=True):
    """How an agent is to work: `tools` is null where its prompt does not say which.

    `said` names the version, and `routes` who is best asked, best first.
    """

    said: str
    text: str
    tools: list[str] | None
    routes: list[str]


class AgentPrompts:
    """Agents of the library."""

    def __init__(self, units: Units) -> None:
        self.units = units

    def find(self, actor: Actor, address: str) -> AgentPrompt:
        """Read the version in use of `owner/name`: that called `production`, or the newest.

        Raises NotFound where it is not shared with the actor, InvalidRequest where it is no agent.
        """
        with self.units.read() as unit:
            store = PromptStore(unit.session)
            row = _row(store, actor, address)
            version = store.preferred(row.id)
            prompt = parse(store.text(version.sha256))
        if prompt.header.kind != AGENT:
            raise InvalidRequest(f"{address} is a {prompt.header.kind}, and no agent.")
        number = str(number_of_row(version))
        return AgentPrompt(
            said=f"{address}@{number}",
            text=self._text(actor, row, version),
            tools=prompt.header.tools if "tools" in prompt.settings else None,
            routes=_routes(prompt.header),
        )

    def _text(self, actor: Actor, row: PromptRow, version: PromptVersionRow) -> str:
        rendering = PromptRenderings(self.units).render
        number = str(number_of_row(version))
        messages = rendering(actor, row.id, number, Rendering()).messages
        said = (each.content for each in messages if each.role != "messages")
        return "\n\n".join(said).strip()


def _row(store: PromptStore, actor: Actor, address: str) -> PromptRow:
    owner, _, name = address.partition("/")
    row = store.at_address(owner, name)
    if row is None:
        raise NotFound(UNKNOWN)
    return store.allowed(actor, row.id, PromptAction.SEE)


def _routes(header: Header) -> list[str]:
    models = [header.model] if isinstance(header.model, str) else header.model
    return [each for each in [header.route, *models] if each]
