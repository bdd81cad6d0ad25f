"""What models are shown: looked at before it is sent, kept afterwards, and rules that count."""

import zlib
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import msgspec

from jupyter_wove.accounts import Actor
from jupyter_wove.ai.context import Folders, InFront, Packed, Rules, Shown, Wishes, gather, pack
from jupyter_wove.ai.models import Catalogue
from jupyter_wove.ai.prices import cost
from jupyter_wove.ai.providers import Usage
from jupyter_wove.ai.sights.models import (
    Estimate,
    Eyes,
    Kept,
    Preview,
    RulesView,
    SightRequest,
    TextToRead,
    Trust,
)
from jupyter_wove.ai.sights.store import SightStore
from jupyter_wove.ai.sights.tables import SightRow
from jupyter_wove.ai.tokens import estimate
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.errors import NotFound, Unavailable
from jupyter_wove.kit.units import Units

KEPT_FOR = timedelta(days=30)
OF_WINDOW = 0.6  # the rest is for the answer, and for what an estimate is wrong by
MOST_SHOWN = 12_000  # tokens of what somebody has open
NOT_SEEN = "There is no such notebook, or you may not see it."
NOTHING_SET_UP = "No model is set up yet. The guide Models says how."


def room_in(window: int) -> int:
    """Tell how many tokens of a window are for what somebody has in front of them."""
    return min(round(OF_WINDOW * window) // 2, MOST_SHOWN)


class Sights:
    """What models are shown."""

    def __init__(
        self, units: Units, known: Callable[[], Catalogue], folders: Folders, eyes: Eyes
    ) -> None:
        self.units = units
        self.known = known
        self.folders = folders
        self.eyes = eyes

    def preview(self, actor: Actor, body: SightRequest) -> Preview:
        """Show what a model would be shown if one asked now. Nothing is sent."""
        view = self.eyes(actor.id, body.notebook, body.cell)
        if view is None:
            raise NotFound(NOT_SEEN)
        model, window, price = self._model(body.model)
        room = room_in(window)
        packed = self.pack(
            view, body.text, room, Wishes(*map(frozenset, (body.pinned, body.dropped)))
        )
        return Preview(
            model=model,
            tokens=packed.tokens,
            room=room,
            price=price(packed.tokens + estimate(body.text)),
            parts=packed.account,
            text=packed.text,
            rules=self._rules(actor.id, view.rules),
        )

    def estimates(self, actor: Actor, body: TextToRead) -> list[Estimate]:
        """Tell what each model would take for a text. Nothing is sent."""
        tokens = estimate(body.text)
        models = (self._model(name) for name in self.known().answering)
        return [
            Estimate(
                model=name,
                tokens=tokens,
                fits=tokens <= OF_WINDOW * window,
                price=price(tokens),
            )
            for name, window, price in models
        ]

    def kept(self, actor: Actor, message: str) -> Kept:
        """Show what a model was shown, to the letter, before an answer to oneself."""
        with self.units.read() as unit:
            row = SightStore(unit.session).of(actor.id, message)
        return Kept(
            at=row.at,
            model=row.model,
            notebook=row.notebook,
            tokens=row.tokens,
            parts=msgspec.convert(row.parts, list[Shown]),
            text=zlib.decompress(row.content).decode(),
        )

    def trust(self, actor: Actor, body: Trust) -> None:
        """Have models told these rules from now on, when one asks oneself."""
        with self.units.write() as unit:
            SightStore(unit.session).trust(actor.id, body.digest)

    def distrust(self, actor: Actor, digest: str) -> None:
        """Have models not told these rules any more."""
        with self.units.write() as unit:
            SightStore(unit.session).distrust(actor.id, digest)

    def pack(self, view: InFront, question: str, tokens: int, wishes: Wishes) -> Packed:
        """Choose what is shown, and write it."""
        index = self.folders.of(view.folder) if view.folder else None
        return pack(gather(view, question, index, wishes), tokens, wishes)

    def trusted(self, person_id: UUID, rules: list[Rules]) -> list[Rules]:
        """Choose the rules that somebody trusts."""
        views = self._rules(person_id, rules)
        return [each for each, view in zip(rules, views, strict=True) if view.trusted]

    def keep(self, person_id: UUID, message: str, model: str, notebook: str, seen: Packed) -> None:
        """Keep what was shown for an answer."""
        row = SightRow(message=message, person_id=person_id, at=now(), model=model)
        row.notebook, row.tokens = notebook, seen.tokens
        row.parts = msgspec.to_builtins(seen.account)
        row.content = zlib.compress(seen.text.encode(errors="replace"))
        with self.units.write() as unit:
            unit.session.merge(row)

    def forget_old(self) -> None:
        """Forget what was shown long ago."""
        with self.units.write() as unit:
            SightStore(unit.session).delete_before(now() - KEPT_FOR)

    def _rules(self, person_id: UUID, rules: list[Rules]) -> list[RulesView]:
        with self.units.read() as unit:
            trusted = SightStore(unit.session).trusted(person_id, [each.digest for each in rules])
        return [RulesView(e.path, e.text, e.digest, e.digest in trusted) for e in rules]

    def _model(self, name: str) -> tuple[str, int, Callable[[int], Decimal | None]]:
        """Find a model by its name, how much it can read, and what so many tokens cost."""
        known = self.known()
        if not known.answering:
            raise Unavailable(NOTHING_SET_UP)
        route = known.route(name or known.answering[0])
        asked = [known.deployments[each] for each in route.deployments]
        window = min(each.window for each in asked)
        return route.name, window, lambda tokens: cost(asked[0], Usage(input=tokens, output=0))
