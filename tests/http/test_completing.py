"""Editors ask for what somebody could want to type next; whoever types on stops the question."""

import asyncio
import json

import pytest

from jupyter_wove.ai.scripted import Fault, Reply, serving

URL = "wove/ai/complete"


@pytest.fixture
def scripted():
    """A server of scripted models."""
    with serving() as (url, server):
        server.url = url
        yield server


@pytest.fixture
def jp_server_config(jp_server_config, scripted):
    at = {"provider": "openai", "base_url": f"{scripted.url}/v1", "model": "scripted"}
    deployments = [
        {"name": "good", **at, "is_local": True},
        {"name": "paid", **at, "price": {"input": "1", "output": "1"}},
    ]
    jp_server_config["Wove"] |= {
        "ai_deployments": deployments,
        "ai_routes": [{"name": "fast", "deployments": ["good"]}],
    }
    return jp_server_config


async def usage(ask):
    answer = await ask("GET", "wove/api/ai/usage", params={"group_by": "purpose"})
    return {each["key"]: each["spent"] for each in json.loads(answer.body)["groups"]}


async def test_what_comes_next_is_told_and_is_in_the_ledger_apart(ask, scripted):
    scripted.script = lambda asked: Reply(pieces=["```python\nimport num", "py as np\n```"])
    typed = {"before": "import nu", "above": ["x = 1"]}
    answer = await ask("POST", URL, body=typed)
    assert (answer.code, json.loads(answer.body)) == (200, {"text": "mpy as np"})
    assert scripted.asked[0].most == 160
    assert "import nu<CURSOR>" in scripted.asked[0].last
    assert (await usage(ask))["completion"]["tries"] == 1


async def test_a_newer_question_of_the_same_person_ends_the_one_before(ask, scripted):
    replies, begun = [Reply(pieces=["old"], before=30.0), Reply(pieces=["new"])], asyncio.Event()
    loop = asyncio.get_running_loop()

    def script(asked):
        loop.call_soon_threadsafe(begun.set)
        return replies.pop(0)

    scripted.script = script
    first = asyncio.ensure_future(ask("POST", URL, body={"before": "a"}))
    await begun.wait()
    second = await ask("POST", URL, body={"before": "ab"})
    assert json.loads(second.body) == {"text": "new"}
    assert json.loads((await first).body) == {"text": ""}
    assert (await usage(ask))["completion"]["tries"] == 2


@pytest.mark.parametrize(
    ("body", "status"), [({}, 422), ({"before": 3}, 422), ({"before": "x", "more": 1}, 422)]
)
async def test_odd_questions_are_refused(ask, scripted, body, status):
    answer = await ask("POST", URL, body=body)
    assert answer.code == status
    assert scripted.asked == []


async def test_a_model_that_fails_is_said_to(ask, scripted):
    scripted.script = lambda asked: Reply(fault=Fault.BAD_REQUEST, problem="no")
    assert (await ask("POST", URL, body={"before": "x"})).code == 400


async def test_nobody_is_answered_without_signing_in(ask_as_nobody, scripted):
    assert (await ask_as_nobody("POST", URL, body={"before": "x"})).code in {401, 403}
    assert scripted.asked == []
