"""What could answer is found and proposed; nobody pays before they say yes."""

import asyncio
import http.server
import threading
from contextlib import contextmanager
from decimal import Decimal

import msgspec
import pytest

from jupyter_wove.ai.consents import Consents
from jupyter_wove.ai.models import Catalogue, Deployment, Price, Route, catalogue
from jupyter_wove.ai.prices import cost
from jupyter_wove.ai.providers import Usage
from jupyter_wove.ai.routing import ConsentNeeded
from jupyter_wove.ai.setup import ModelSetup
from jupyter_wove.ai.setup.detection import KEYS, ollama_models
from jupyter_wove.ai.wire import read

NOWHERE = ("127.0.0.1", 9)  # where nobody listens
PRICE = Price(input=Decimal(1), output=Decimal(1))


@pytest.fixture(autouse=True)
def no_keys(monkeypatch):
    for name in KEYS:
        monkeypatch.delenv(name, raising=False)


@contextmanager
def answering(content, status=200, headers=()):
    """Serve one answer to whatever is asked, on a port of this machine."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address, asked
        server.shutdown()


@pytest.fixture
def look(wove, ann):
    """Look what could be set up."""

    def looked(known=None, ollama=NOWHERE):
        return ModelSetup(wove.units, known or Catalogue({}, {}), ollama).look(ann)

    return looked


def test_keys_are_named_and_not_told(look, monkeypatch):
    monkeypatch.setenv("ANTHROPIC_API_KEY", "canary-4711")
    monkeypatch.setenv("OPENAI_API_KEY", "")
    found = look()
    assert found.keys == ["ANTHROPIC_API_KEY"]
    assert [each.deployment["key"] for each in found.proposals] == ["env:ANTHROPIC_API_KEY"]
    assert b"canary" not in msgspec.json.encode(found)


def test_the_models_of_an_ollama_are_proposed(look):
    tags = b'{"models": [{"name": "qwen3:8b"}, {"name": "nomic-embed-text:latest"}]}'
    with answering(tags) as (address, asked):
        found = look(ollama=address)
    assert (found.has_ollama, asked) == (True, ["/api/tags"])
    assert [each.deployment["name"] for each in found.proposals] == [
        "qwen3-8b",
        "nomic-embed-text-latest",
    ]
    assert found.proposals[1].deployment["features"] == ["embeddings"]


@pytest.mark.parametrize("content", [b"", b"[]", b"<html>", b'{"models": 3}', b"\xff"])
def test_what_is_no_ollama_is_none(content):
    with answering(content) as (address, _):
        assert ollama_models(address) is None


def test_nobody_is_followed_elsewhere():
    with answering(b'{"models": []}') as (elsewhere, asked):
        url = f"http://{elsewhere[0]}:{elsewhere[1]}/api/tags"
        with answering(b"", 302, [("Location", url)]) as (address, _):
            assert ollama_models(address) is None
        assert asked == []


def test_where_there_is_nothing_nothing_is_proposed(look):
    found = look()
    assert (found.keys, found.has_ollama, found.proposals, found.settings) == ([], False, [], "")


def test_what_is_proposed_can_be_configured_as_it_stands(look, monkeypatch):
    for name in KEYS:
        monkeypatch.setenv(name, "secret")
    with answering(b'{"models": [{"name": "A B"}, {"name": "a-b"}]}') as (address, _):
        found = look(ollama=address)
    compile(found.settings, "jupyter_server_config.py", "exec")
    known = catalogue([each.deployment for each in found.proposals], [], [])
    assert len(known.deployments) == len(found.proposals) == 5
    again = look(known, ollama=NOWHERE)
    assert again.proposals == []


@pytest.mark.parametrize("name", KEYS)
def test_what_is_proposed_has_a_price(name):
    deployment = msgspec.convert(KEYS[name], Deployment)
    assert cost(deployment, Usage(input=1_000, output=1_000)) > 0


@pytest.fixture
def ask(models, open_models, ann):
    """Ask along a route of these; return who was asked."""

    def asked(*names, by="browser", purpose="", asks=True, **changes):
        at = {"provider": "openai", "base_url": f"{models.url}/v1", "price": PRICE} | changes
        found = {name: Deployment(name=name, model="m", **at) for name in names}
        if "near" in found:
            found["near"] = msgspec.structs.replace(found["near"], is_local=True)
        route = {"all": Route(name="all", deployments=[*found])}
        office = open_models(Catalogue(found, route, asks=asks))
        body = {"model": "all", "messages": [{"role": "user", "content": "How are you?"}]}
        request = read(msgspec.json.encode(body | {"wove": {"purpose": purpose}}))

        async def work():
            try:
                return [chunk async for chunk in office.answer(ann.id, request, by)]
            finally:
                await office.close()

        asyncio.run(work())
        return len(models.asked)

    return asked


def agree(wove, actor):
    with wove.units.write() as unit:
        Consents(unit).give(actor)


@pytest.mark.parametrize(("by", "purpose"), [("browser", ""), ("program", "chat")])
def test_before_the_first_answer_that_costs_money_one_is_asked(
    ask, wove, ann, bob, models, by, purpose
):
    agree(wove, bob)
    with pytest.raises(ConsentNeeded, match="far costs money"):
        ask("far", by=by, purpose=purpose)
    assert models.asked == []
    agree(wove, ann)
    agree(wove, ann)
    assert ask("far", by=by, purpose=purpose) == 1


@pytest.mark.parametrize(
    "how", [{"by": "key", "purpose": "chat"}, {"by": "program"}, {"asks": False}]
)
def test_who_made_a_key_or_wrote_a_program_meant_it(ask, how):
    assert ask("far", **how) == 1


@pytest.mark.parametrize(
    "changes",
    [{"is_local": True, "price": None}, {"price": Price(input=Decimal(0), output=Decimal(0))}],
)
def test_what_costs_nothing_needs_no_consent(ask, changes):
    assert ask("free", **changes) == 1


def test_what_nobody_knows_the_price_of_may_cost_money(ask):
    with pytest.raises(ConsentNeeded):
        ask("who-knows", price=None)


def test_who_did_not_agree_is_answered_by_what_is_free(ask, models):
    assert ask("far", "near") == 1
