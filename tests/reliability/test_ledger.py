"""Servers that are killed while models answer: each try that a provider heard of has its cost."""

import json
import random
import signal
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from jupyter_wove.ai.ledger import PICOS
from jupyter_wove.ai.scripted import Reply, serving
from tests.reliability.server import GONE, Server

LIVES, AT_ONCE = 3, 6
WAYS = ["budget", "free"]
KILLS = "Die."
INPUT, OUTPUT = Decimal("2.5"), Decimal(10)
BUDGET = {"dollars": "100", "every": "month", "of": "everybody"}


@pytest.fixture
def models():
    """A model that answers some at once, and others for half a second."""
    chance = random.Random(4)

    def script(asked):
        if asked.last == KILLS:
            server.kill_who_asks()
        return Reply(pieces=["word "] * 20, between=chance.choice([0.0, 0.03]))

    with serving(script) as (url, server):
        server.url = url
        yield server


@pytest.fixture
def server(tmp_path, models, request):
    at = {"provider": "openai", "base_url": f"{models.url}/v1", "model": "scripted"}
    price = {"input": str(INPUT), "output": str(OUTPUT)}
    wove = {"ai_deployments": [{"name": "scripted", "price": price, **at}], **request.param}
    server = Server(tmp_path / "server", "Ann", settings={"Wove": wove})
    yield server
    server.kill()


@pytest.mark.parametrize("server", [{"ai_budgets": [BUDGET]}, {}], indirect=True, ids=WAYS)
def test_what_a_provider_heard_of_before_a_kill_is_in_the_ledger(server, models):
    for life in range(LIVES):
        live_and_die(server, life)
    live_on(server)
    heard, rows = {asked.last for asked in models.asked}, ledger(server)
    assert len(heard) > LIVES
    assert heard <= rows.keys()
    assert {name for name, row in rows.items() if not is_exact(row)} == set()


@pytest.mark.parametrize("server", [{"ai_budgets": [BUDGET]}, {}], indirect=True, ids=WAYS)
def test_a_server_that_dies_as_a_provider_hears_of_it_has_not_lost_it(server, models):
    models.kill_who_asks = lambda: server.process.send_signal(signal.SIGKILL)
    live_on(server)
    with pytest.raises(GONE):
        is_whole(server, KILLS)
    server.kill()  # it is dead; wait for its end
    live_on(server)
    rows = ledger(server)
    assert KILLS in {asked.last for asked in models.asked}
    assert is_exact(rows[KILLS])
    assert rows[KILLS]["outcome"] in {"lost", "running"}


@pytest.mark.parametrize("server", [{}], indirect=True, ids=["free"])
def test_what_was_answered_before_a_kill_is_in_the_ledger(server):
    answered = {name for life in range(LIVES) for name in live_and_die(server, life)}
    rows = ledger(server)
    assert len(answered) > LIVES
    assert {rows[name]["outcome"] for name in answered} == {"answered"}
    assert {rows[name]["is_estimated"] for name in answered} == {0}
    assert {name for name, row in rows.items() if not is_exact(row)} == set()


def live_and_die(server, life):
    """Ask several at once, and kill the server in their midst; return who got all of it."""
    server.start()
    assert is_whole(server, f"{life}-first")  # what it takes is loaded by then
    begun = threading.Barrier(AT_ONCE + 1)

    def ask(number):
        name = f"{life}-{number}"
        begun.wait()
        try:
            return name if is_whole(server, name) else None
        except GONE:
            return None

    with ThreadPoolExecutor(AT_ONCE) as pool:
        asking = [pool.submit(ask, number) for number in range(AT_ONCE)]
        begun.wait()
        time.sleep(0.3)
        server.kill()
        return {f"{life}-first", *(name for each in asking if (name := each.result()))}


def live_on(server):
    """Start again, and ask something: then what the one before had begun is taken up."""
    server.start()
    assert is_whole(server, "another")


def is_whole(server, name):
    body = {"model": "scripted", "messages": [{"role": "user", "content": name}], "stream": True}
    answer = server.ask(
        "POST", "wove/ai/v1/chat/completions", body | {"wove": {"purpose": name}}, timeout=10
    )
    events = answer.content.decode().split("\n\n")
    assert answer.status == 200, answer
    said = [json.loads(each[6:]) for each in events if each.startswith("data: {")]
    assert not [each for each in said if "error" in each]
    return "data: [DONE]" in events


def ledger(server):
    with sqlite3.connect(server.data / "wove.db") as database:
        database.row_factory = sqlite3.Row
        return {row["purpose"]: dict(row) for row in database.execute("SELECT * FROM ai_attempt")}


def is_exact(row):
    tokens = row["input"] * INPUT + row["output"] * OUTPUT
    return row["input"] > 0 and row["cost"] / PICOS == tokens / 1_000_000
