"""Every fault of a model, again and again: the answer is whole, and the ledger knows each try."""

import asyncio
import random
from collections import Counter
from contextlib import closing
from decimal import Decimal

import httpx
import pytest
from sqlalchemy import select

from jupyter_wove.ai.ledger import ASKED, PICOS, Caller, Ledger
from jupyter_wove.ai.ledger.tables import AttemptRow
from jupyter_wove.ai.models import Deployment, Need, Price, Route
from jupyter_wove.ai.prices import cost
from jupyter_wove.ai.providers.openai import OpenAIProvider
from jupyter_wove.ai.routing import Circuits, Router
from jupyter_wove.ai.scripted import Fault, Reply, serving
from jupyter_wove.app import Wove

RUNS, AT_ONCE = 200, 50
PRICE = Price(input=Decimal("2.5"), output=Decimal(10))
WHOLE = [f"word-{number} " for number in range(20)]
FAULTS = sorted(set(Fault) - {Fault.BAD_REQUEST})  # which nobody can mend


@pytest.fixture
def models():
    """A server whose model `bad` fails somewhere, and whose others go on where it stopped."""
    chance = random.Random(7)

    def script(asked):
        name, _, fault = asked.model.partition("@")
        said = asked.texts[-2][1] if len(asked.texts) > 1 else ""
        rest = WHOLE[len(said.split()) :]
        if name != "bad":
            return Reply(pieces=rest)
        return Reply(pieces=rest, fault=Fault(fault), after=chance.randrange(20))

    with serving(script) as (url, server):
        server.url = url
        yield server


@pytest.fixture
def wove(tmp_path):
    database = f"sqlite:///{tmp_path}/wove.db"
    with closing(Wove(database, tmp_path / "data", tmp_path / "root", "Grace")) as wove:
        yield wove


@pytest.mark.parametrize("fault", FAULTS)
def test_each_answer_is_whole_and_each_try_is_in_the_ledger(models, wove, fault):
    ann = wove.directory.identity("test", "ann", "Ann")
    ledger = Ledger(wove.units, cost, [], wove.data / ASKED)
    at = {"provider": "openai", "base_url": f"{models.url}/v1", "price": PRICE}
    bad = Deployment(name="bad", model=f"bad@{fault}", first_within=0.6, next_within=0.4, **at)
    good = Deployment(name="good", model="good", **at)
    route = Route(name="route", deployments=["bad", "good"])
    body = {"messages": [{"role": "user", "content": "Count."}]}

    async def ask(client, turns):
        async with turns:
            router = Router(lambda each: OpenAIProvider(client, each, ""), ledger, Circuits())
            answer = router.answer(
                Caller(ann.id), route, [bad, good], Need(tokens=1, output=0), body
            )
            return "".join([chunk.text async for chunk in answer])

    async def crowd():
        async with httpx.AsyncClient(timeout=60) as client:
            turns = asyncio.Semaphore(AT_ONCE)
            return await asyncio.gather(*(ask(client, turns) for _ in range(RUNS)))

    assert Counter(asyncio.run(crowd())) == {"".join(WHOLE): RUNS}
    with wove.units.read() as unit:
        rows = list(unit.session.scalars(select(AttemptRow)))
    # A try that took too long may have ended before the model heard of it.
    assert len(models.asked) <= len(rows) <= 2 * RUNS
    assert Counter(row.outcome for row in rows)["answered"] == RUNS
    assert Counter(row.outcome for row in rows)["running"] == 0
    assert all(row.cost / PICOS == _price(row) for row in rows)


def _price(row):
    return (row.input * PRICE.input + row.output * PRICE.output) / 1_000_000
