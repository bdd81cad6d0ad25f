"""Answers to test with, as the server would have recorded them."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

from jupyter_wove.ai import PromptUse
from jupyter_wove.ai.ledger import AttemptRow
from jupyter_wove.collaboration import (
    NotLive,
    Piece,
    SuggestionAccepted,
    SuggestionRejected,
    SuggestionUndecided,
    SuggestionWithdrawn,
    Wish,
    digest_of,
)
from jupyter_wove.kit.columns import now
from jupyter_wove.outcomes import Hearing, Uses

ROOM, CELL = "json:notebook:book", "here"
PICOS = 10**12
WISH = Wish(CELL, Piece("code", "1 / 0"), Piece("code", "1 / 1"))


class Answers:
    """Answers of one prompt, and what happens to what they suggest."""

    def __init__(self, wove, prompt):
        self.wove, self.prompt = wove, prompt
        self.hearing = Hearing(wove.units, NotLive())

    def person(self, name):
        return self.wove.directory.identity("test", name, name.title())

    def begin(self, who, version="latest", cost=PICOS // 100):
        """Answer somebody, and suggest something with it; None where nothing is recorded."""
        asked = PromptUse(self.prompt.id, version)
        use = Uses(self.wove.units).with_prompt(who, asked)
        if use is None:
            return None
        suggestion = uuid4()
        Uses(self.wove.units).suggested(use, suggestion, ROOM, WISH)
        self.pay(use, who, cost)
        return SimpleNamespace(use=use, suggestion=suggestion, who=who)

    def pay(self, use, who, cost):
        row = {"id": uuid4(), "person_id": who.id, "at": now(), "cost": cost, "purpose": "chat"}
        row |= {"route": "smart", "deployment": "gpt", "model": "gpt-5", "number": 1}
        row |= {"outcome": "answered", "input": 100, "output": 20, "read": 0, "written": 0}
        row |= {"reasoning": 0, "is_estimated": False, "reserved": 0, "took": 1.0, "use_id": use}
        with self.wove.units.write() as unit:
            unit.session.add(AttemptRow(**row))

    def accept(self, answer, said="1 / 1", by=None, is_automatic=False, after=30):
        decision = uuid4()
        landed = {CELL: digest_of(Piece("code", said))}
        about = self._about(answer, by, now() + timedelta(seconds=after))
        self.hearing.hear(SuggestionAccepted(*about, decision, landed, is_automatic))
        return decision

    def reject(self, answer, by=None):
        self.hearing.hear(SuggestionRejected(*self._about(answer, by), uuid4(), [CELL]))

    def withdraw(self, answer):
        self.hearing.hear(SuggestionWithdrawn(*self._about(answer)))

    def undo(self, answer, decision):
        self.hearing.hear(SuggestionUndecided(*self._about(answer), decision))

    def run(self, well=True):
        return self.hearing.ran(ROOM, {CELL: well})

    def _about(self, answer, by=None, at=None):
        return answer.suggestion, "Wove", ROOM, (by or answer.who).id, at or now()
