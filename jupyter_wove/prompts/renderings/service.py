"""Render prompts, which changes nothing."""

from uuid import UUID

from jupyter_wove.accounts import Actor
from jupyter_wove.kit.units import Units
from jupyter_wove.prompts.experiments import Assigned, Assignments
from jupyter_wove.prompts.format import Message, parse
from jupyter_wove.prompts.includes import Includes, inputs_of
from jupyter_wove.prompts.models import Which
from jupyter_wove.prompts.policy import PromptAction
from jupyter_wove.prompts.renderings.models import Rendered, RenderedMessage, Rendering
from jupyter_wove.prompts.store import PromptStore, number_of_row
from jupyter_wove.prompts.templates import Part, Values, accepted, written


class PromptRenderings:
    """Prompts as they are sent to a model."""

    def __init__(self, units: Units) -> None:
        self.units = units

    def render(self, actor: Actor, prompt_id: UUID, which: Which, body: Rendering) -> Rendered:
        """Put values into a version; they are data, and never read as a template.

        Where an experiment runs on a label, it is the version of one's own share.
        """
        assigned, parts = self._parts(actor, prompt_id, which)
        given = accepted(inputs_of(parts), body.values, body.views)
        said = [RenderedMessage(each.role, _said(each, part, given, body)) for each, part in parts]
        number = str(number_of_row(assigned.version))
        return Rendered(number, said, assigned.variation)

    def _parts(
        self, actor: Actor, prompt_id: UUID, which: str
    ) -> tuple[Assigned, list[tuple[Message, Part]]]:
        with self.units.read() as unit:
            store, includes = PromptStore(unit.session), Includes(unit.session, actor)
            row = store.allowed(actor, prompt_id, PromptAction.SEE)
            assigned = Assignments(unit.session).find(actor.id, prompt_id, which)
            version = assigned.version
            prompt = parse(store.text(version.sha256))
            parts = includes.parts(includes.said(row, version), prompt, version.lock)
            return assigned, parts


def _said(message: Message, part: Part, given: Values, body: Rendering) -> str:
    """Write a message out; a place for those of a conversation keeps its name."""
    if message.role == "messages":
        return message.content
    return written(part, given, body.views)
