"""Whether what becomes of somebody's answers is recorded: each decides for themselves."""

from jupyter_wove.accounts import Actor
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.units import Unit
from jupyter_wove.outcomes.models import Choice, NewChoice
from jupyter_wove.outcomes.store import OutcomeStore
from jupyter_wove.outcomes.tables import RefusalRow


class OutcomeChoices:
    """What one decides about the recording of outcomes."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.store = OutcomeStore(unit.session)

    def look(self, actor: Actor) -> Choice:
        """Tell whether what becomes of one's answers is recorded."""
        return Choice(not self.store.refuses(actor.id), self.store.count(actor.id))

    def choose(self, actor: Actor, body: NewChoice) -> Choice:
        """Have it recorded from now on, or not; and forget what there is, if one wants that."""
        row = self.unit.session.get(RefusalRow, actor.id)
        if body.is_recorded and row is not None:
            self.unit.session.delete(row)
        elif not body.is_recorded and row is None:
            self.unit.session.add(RefusalRow(person_id=actor.id, at=now()))
        if body.forget:
            self.store.forget(actor.id)
        self.unit.session.flush()
        return self.look(actor)
