"""Begins to record an answer, and the changes that are suggested with it."""

from hashlib import sha256
from uuid import UUID

from jupyter_wove.accounts import Actor
from jupyter_wove.ai import PromptUse
from jupyter_wove.collaboration import Wish, digest_of
from jupyter_wove.kit.columns import new_id, now
from jupyter_wove.kit.errors import NotFound
from jupyter_wove.kit.units import Unit, Units
from jupyter_wove.outcomes.recording.lines import fresh_lines
from jupyter_wove.outcomes.store import OutcomeStore
from jupyter_wove.outcomes.tables import EditRow, UseRow
from jupyter_wove.prompts import Assignments, PromptAction, PromptStore, number_of_row

SHORT = 12  # letters of a digest, as the number of a task's words


class Uses:
    """Answers that prompts give."""

    def __init__(self, units: Units) -> None:
        self.units = units

    def with_prompt(self, actor: Actor, asked: PromptUse) -> UUID | None:
        """Record an answer with a prompt; None where the person may not see it, or refuses."""
        with self.units.write() as unit:
            row = _use(unit, actor)
            if row is None or not _fill(row, unit, actor, asked):
                return None
            unit.session.add(row)
            return row.id

    def with_task(self, actor: Actor, task: str, words: str) -> UUID | None:
        """Record an answer to a button; what that means to a model stands for its version."""
        with self.units.write() as unit:
            row = _use(unit, actor)
            if row is None:
                return None
            row.task, row.number = task, sha256(words.encode()).hexdigest()[:SHORT]
            unit.session.add(row)
            return row.id

    def suggested(self, use_id: UUID, suggestion_id: UUID, room: str, wish: Wish) -> None:
        """Record a change that was suggested; it takes the place of one that still waits."""
        with self.units.write() as unit:
            store = OutcomeStore(unit.session)
            if store.use(use_id) is None:
                return  # its person wanted it forgotten
            for each in store.edits_of(suggestion_id):
                if each.cell == wish.cell and each.state == "waiting":
                    each.state = "replaced"
            row = EditRow(id=new_id(), use_id=use_id, suggestion_id=suggestion_id, room=room)
            row.cell, row.wanted = wish.cell, digest_of(wish.wanted) or ""
            row.lines, row.proposed = fresh_lines(wish), now()
            row.state, row.is_automatic = "waiting", False
            unit.session.add(row)


def _use(unit: Unit, actor: Actor) -> UseRow | None:
    if OutcomeStore(unit.session).refuses(actor.id):
        return None
    return UseRow(id=new_id(), at=now(), person_id=actor.id, task="", number="")


def _fill(row: UseRow, unit: Unit, actor: Actor, asked: PromptUse) -> bool:
    """Find which version it is, and by which experiment; False where there is none to see."""
    store = PromptStore(unit.session)
    try:
        store.allowed(actor, asked.id, PromptAction.SEE)
        found = Assignments(unit.session).find(actor.id, asked.id, asked.version)
        if asked.number and asked.number != str(number_of_row(found.version)):
            # The label was moved since the prompt was written out.
            found = found._replace(version=store.find(asked.id, asked.number), variation=None)
    except NotFound:
        return False
    row.prompt_id, row.number = asked.id, str(number_of_row(found.version))
    row.experiment_id = found.variation.experiment if found.variation else None
    return True
