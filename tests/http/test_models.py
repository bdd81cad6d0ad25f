"""Programs ask models as they ask OpenAI: with a key of Wove, and with none of the provider's."""

import json

import msgspec
import pytest

from jupyter_wove.ai.scripted import Call, Fault, Reply, serving
from jupyter_wove.ai.scripted.script import WORDS

URL = "wove/ai/v1/chat/completions"
MESSAGES = [{"role": "user", "content": "How are you?"}]


@pytest.fixture
def scripted():
    """A server of scripted models."""
    with serving() as (url, server):
        server.url = url
        yield server


@pytest.fixture
def jp_server_config(jp_server_config, scripted, monkeypatch):
    monkeypatch.setenv("SCRIPTED_KEY", "the-key-of-the-provider")
    at = {"provider": "openai", "base_url": f"{scripted.url}/v1", "key": "env:SCRIPTED_KEY"}
    deployments = [
        {"name": name, "model": model, **at, "first_within": 9.0, "next_within": 9.0}
        for name, model in [("good", "scripted-9"), ("bad", "scripted@500"), ("no", "x@400")]
    ]
    deployments[0]["price"] = {"input": "1", "output": "10"}
    deployments[1]["price"] = deployments[2]["price"] = {"input": "0", "output": "0"}
    jp_server_config["Wove"] |= {
        "ai_deployments": deployments,
        "ai_budgets": [{"dollars": "0.5", "every": "day"}],
        "ai_routes": [{"name": "smart", "deployments": ["bad", "good"]}],
    }
    return jp_server_config


def events(answer):
    """Read the events of a stream."""
    lines = [line for line in answer.body.decode().splitlines() if line]
    assert lines[-1] == "data: [DONE]"
    return [json.loads(line.removeprefix("data: ")) for line in lines[:-1]]


async def test_an_answer_in_one_piece(ask):
    answer = await ask("POST", URL, body={"model": "good", "messages": MESSAGES})
    found = json.loads(answer.body)
    assert answer.code == 200
    assert found["choices"][0]["message"]["content"].startswith("A scripted model says")
    assert found["choices"][0]["finish_reason"] == "stop"
    assert found["usage"]["completion_tokens"] == 9


async def test_an_answer_in_pieces_though_the_first_model_failed(ask):
    body = {"model": "smart", "messages": MESSAGES, "stream": True}
    told = events(await ask("POST", URL, body=body))
    pieces = [each["choices"][0]["delta"].get("content", "") for each in told]
    assert "".join(pieces).split() == WORDS[:9]
    assert told[0]["choices"][0]["delta"]["role"] == "assistant"
    assert told[-1]["choices"][0]["finish_reason"] == "stop"
    assert not any("usage" in each for each in told)


async def test_what_was_spent_is_told_to_who_asks_for_it(ask):
    options = {"stream": True, "stream_options": {"include_usage": True}}
    told = events(await ask("POST", URL, body={"model": "good", "messages": MESSAGES, **options}))
    assert told[-1]["choices"] == []
    assert told[-1]["usage"]["total_tokens"] == 3 + 9


async def test_calls_of_tools_and_their_results_pass(ask, scripted):
    scripted.script = lambda asked: Reply(calls=[Call("look", {"cell": 1}), Call("run", {})])
    tools = [{"type": "function", "function": {"name": "look", "parameters": {}}}]
    result = [*MESSAGES, {"role": "tool", "tool_call_id": "call_0", "content": "42"}]
    body = {"model": "good", "messages": result, "tools": tools}
    choice = json.loads((await ask("POST", URL, body=body)).body)["choices"][0]
    called = [each["function"]["name"] for each in choice["message"]["tool_calls"]]
    assert called == ["look", "run"]
    assert choice["finish_reason"] == "tool_calls"
    assert (scripted.asked[0].tools, scripted.asked[0].last) == (["look"], "42")


async def test_the_key_of_the_provider_goes_to_the_provider_and_no_other_key_does(ask, scripted):
    await ask("POST", URL, body={"model": "good", "messages": MESSAGES, "user": "ada", "store": 1})
    assert scripted.asked[0].headers["authorization"] == "Bearer the-key-of-the-provider"


async def test_a_key_of_wove_is_enough_where_it_allows_it(ask, jp_fetch):
    for scope, status in [("ai:use", 200), ("projects:read", 403)]:
        made = await ask("POST", "wove/api/keys", body={"name": "program", "scopes": [scope]})
        key = {"Authorization": f"Bearer {json.loads(made.body)['secret']}"}
        body = {"model": "good", "messages": MESSAGES}
        assert (await ask("POST", URL, body=body, headers=key)).code == status


async def test_nobody_is_answered_without_signing_in(ask_as_nobody, scripted):
    answer = await ask_as_nobody("POST", URL, body={"model": "good", "messages": MESSAGES})
    assert answer.code in {401, 403}
    assert scripted.asked == []


@pytest.mark.parametrize(
    ("body", "status", "sentence"),
    [
        ({"model": "other", "messages": MESSAGES}, 404, "There is no model other"),
        ({"model": "good", "messages": []}, 422, "messages"),
        ({"model": "good"}, 422, "messages"),
        ({"model": "good", "messages": MESSAGES, "n": 2}, 422, "n`"),
        ({"model": "bad", "messages": MESSAGES}, 503, "bad: broken"),
        ({"model": "no", "messages": MESSAGES}, 400, "scripted to fail"),
        ("{", 400, "not JSON"),
    ],
)
@pytest.mark.parametrize("streams", [True, False])
async def test_what_goes_wrong_is_told_as_openai_does(ask, body, status, sentence, streams):
    sent = body if isinstance(body, str) else msgspec.json.encode(body | {"stream": streams})
    answer = await ask("POST", URL, body=sent, headers={"Content-Type": "application/json"})
    told = json.loads(answer.body)
    assert (answer.code, told["status"]) == (status, status)
    assert sentence in told["error"]["message"]
    assert sentence in told["detail"]


async def test_a_stream_that_breaks_ends_with_an_error(ask, scripted):
    scripted.script = lambda asked: Reply(pieces=["one "] * 9, fault=Fault.CUT, after=3)
    body = {"model": "good", "messages": MESSAGES, "stream": True}
    lines = (await ask("POST", URL, body=body)).body.decode().split("\n\n")
    assert "data: [DONE]" not in lines
    assert json.loads(lines[-2].removeprefix("data: "))["error"]["code"] == 503


async def test_a_budget_is_told_of_before_the_model_is_asked(ask, scripted):
    body = {"model": "good", "messages": MESSAGES, "max_tokens": 8_192, "stream": True}
    assert (await ask("POST", URL, body=body)).code == 200
    dear = body | {"messages": [{"role": "user", "content": "word " * 100_000}]}
    answers = [await ask("POST", URL, body=dear) for _ in range(5)]
    refused = answers[-1]
    assert (refused.code, json.loads(refused.body)["error"]["type"]) == (429, "rate_limit_error")
    assert int(refused.headers["Retry-After"]) > 0
    assert "of the $0.5 of this day" in json.loads(refused.body)["detail"]
    assert len(scripted.asked) == 1 + sum(each.code == 200 for each in answers)


async def test_the_models_are_listed(ask):
    listed = json.loads((await ask("GET", "wove/ai/v1/models")).body)["data"]
    assert [each["id"] for each in listed] == ["smart", "good", "bad", "no"]
