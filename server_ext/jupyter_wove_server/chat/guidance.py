"""What an answer goes by: the prompt of its agent, and what a teacher allows."""

from typing import TYPE_CHECKING

import msgspec

from jupyter_wove_server.agents.sight import Sight, actor_of

if TYPE_CHECKING:
    from jupyter_wove.ai import Binding
    from jupyter_wove.prompts import AgentPrompt

WOVE, TUTOR = "wove", "tutor"
PLAN = "propose_plan"  # the name of the tool


class Guidance(msgspec.Struct, frozen=True):
    """How one answer is to be given, and to whom."""

    name: str
    prompt: "AgentPrompt | None" = None
    binding: "Binding | None" = None

    @property
    def tools(self) -> frozenset[str] | None:
        """Name the tools that there are; None for all."""
        known = self.prompt.tools if self.prompt else None
        return None if known is None else frozenset(known)

    @property
    def plans(self) -> bool:
        """Tell whether this agent may propose plans."""
        return self.binding is None and (self.tools is None or PLAN in self.tools)

    @property
    def said(self) -> str:
        """Name the version of the prompt."""
        return self.prompt.said if self.prompt else ""


async def guidance(person: str, name: str, address: str, paths: list[str]) -> Guidance:
    """Find what an answer goes by; where a teacher has a say, it is the Tutor who answers.

    Raises NotFound where the prompt of an agent is not shared with the person.
    """
    binding = await Sight().bound(person, paths)
    if binding is not None:
        name, address = TUTOR.title(), TUTOR
    prompt = await Sight.serving.change(lambda: prompt_of(person, address)) if address else None
    return Guidance(name, prompt, binding)


def prompt_of(person: str | None, address: str) -> "AgentPrompt":
    """Read the prompt of an agent: one of Wove's own by its name, else `owner/name`.

    Without a person it is what everybody may see. Raises NotFound.
    """
    from jupyter_wove.prompts import AgentPrompts, Shipping  # noqa: PLC0415 — few servers ask

    units = Sight.serving.wove.units
    if "/" in address:
        actor = actor_of(person) if person else Shipping(units).owner()
        return AgentPrompts(units).find(actor, address)
    owner = Shipping(units).fill()
    return AgentPrompts(units).find(owner, f"{owner.handle}/{address}")
