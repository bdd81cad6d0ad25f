"""A server of scripted models, and routers that ask it."""

import asyncio
from contextlib import aclosing
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select

from jupyter_wove.ai.keys import KeptKeys
from jupyter_wove.ai.ledger import ASKED, Caller, Ledger
from jupyter_wove.ai.ledger.tables import AttemptRow
from jupyter_wove.ai.models import Deployment, Need, Price, Route
from jupyter_wove.ai.prices import cost
from jupyter_wove.ai.providers.openai import OpenAIProvider
from jupyter_wove.ai.routing import Circuits, Router, Speeds
from jupyter_wove.ai.scripted import Fault, serving
from jupyter_wove.ai.service import Models

NEVER = (Fault.HANG, Fault.STALL, Fault.LORIS)
CENTS = Price(input=Decimal("2.5"), output=Decimal(10), read=Decimal("0.25"))


@pytest.fixture
def models():
    """A server of scripted models."""
    with serving() as (url, server):
        server.url = url
        yield server


def patience(model: str) -> dict[str, float]:
    """Wait long for who answers, however busy the machine is, and briefly for who never does."""
    fault = model.partition("@")[2].partition(":")[0]
    if fault in NEVER:
        return {"first_within": 1.5, "next_within": 0.8}
    return {"first_within": 60, "next_within": 60}


class Desk:
    """Somebody who asks models along a route, and reads the ledger."""

    def __init__(self, url: str, units, person_id: UUID, asked: Path) -> None:
        self.url = url
        self.units = units
        self.caller = Caller(person_id)
        self.circuits, self.speeds = Circuits(), Speeds()
        self.asked = asked
        self.ledger = Ledger(units, cost, [], asked)

    def spend_at_most(self, *budgets):
        """Have these budgets from now on."""
        self.ledger = Ledger(self.units, cost, list(budgets), self.asked)

    def deployment(self, model: str, **changes) -> Deployment:
        given = {"name": model.replace("@", "."), "model": model, "price": CENTS}
        given |= {"base_url": f"{self.url}/v1", **patience(model)}
        return Deployment(provider="openai", **(given | changes))

    def ask(self, *models, **how):
        """Ask these in turn; return the chunks of the answer."""
        return asyncio.run(self.asking(*models, **how))

    async def asking(self, *models, **how):
        return [chunk async for chunk in self.answer(*models, **how)]

    async def answer(self, *models, say="How are you?", need=None, route=None, **body):
        """Ask these in turn; give the chunks of the answer as they come."""
        found = [self.deployment(each) if isinstance(each, str) else each for each in models]
        route = route or Route(name="test", deployments=[each.name for each in found])
        need = need or Need(tokens=3, output=0)
        async with httpx.AsyncClient(timeout=60) as client:
            router = Router(
                lambda each: OpenAIProvider(client, each, "key"),
                self.ledger,
                self.circuits,
                self.speeds,
            )
            asked = {"messages": [{"role": "user", "content": say}], **body}
            answer = router.answer(self.caller, route, found, need, asked)
            async with aclosing(answer) as chunks:
                async for chunk in chunks:
                    yield chunk

    def text(self, *models, **how):
        """Ask these in turn; return the words of the answer."""
        return "".join(chunk.text for chunk in self.ask(*models, **how))

    @property
    def attempts(self):
        """What the ledger says, oldest first."""
        with self.units.read() as unit:
            return list(unit.session.scalars(select(AttemptRow).order_by(AttemptRow.id)))


@pytest.fixture
def kept(wove):
    """The keys of providers that are kept."""
    return KeptKeys(wove.units, wove.sealing)


@pytest.fixture
def open_models(wove, kept):
    """Open the models of a catalogue."""
    return lambda known: Models(wove.units, known, kept, wove.data / ASKED)


@pytest.fixture
def desk(models, wove, ann):
    """Somebody who asks."""
    desk = Desk(models.url, wove.units, ann.id, wove.data / ASKED)
    yield desk
    desk.ledger.close()
