"""Programs ask models as they ask OpenAI: with a key of Wove, and with none of the provider's."""

import json
from uuid import uuid4

import msgspec
import pytest

from jupyter_wove.ai.scripted import Call, Fault, Reply, serving
from jupyter_wove.ai.scripted.script import WORDS

URL = "wove/ai/v1/chat/completions"
EMBEDDINGS = "wove/ai/v1/embeddings"
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
    embeds = {"name": "vectors", "model": "embed", "features": ["embeddings"], "is_local": True}
    jp_server_config["Wove"] |= {
        "ai_deployments": [*deployments, at | embeds],
        "ai_budgets": [{"dollars": "0.5", "every": "day"}],
        "ai_limits": [{"tokens": 10_000_000, "at_once": 50}, {"requests": 30, "of": "everybody"}],
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


async def test_a_project_that_is_not_theirs_is_charged_by_nobody(ask, scripted):
    made = json.loads((await ask("POST", "wove/api/projects", body={"title": "Tides"})).body)
    for project, status in [(made["id"], 200), (str(uuid4()), 404), ("tides", 422)]:
        body = {"model": "good", "messages": MESSAGES, "wove": {"project": project}}
        assert (await ask("POST", URL, body=body)).code == status
    assert len(scripted.asked) == 1


async def test_who_asks_too_often_is_told_when_to_come_again(ask, scripted):
    body = {"model": "good", "messages": MESSAGES, "max_tokens": 1}
    answers = [await ask("POST", URL, body=body) for _ in range(31)]
    assert [each.code for each in answers] == [200] * 30 + [429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    assert "asked 30 times" in json.loads(answers[-1].body)["error"]["message"]
    assert len(scripted.asked) == 30


async def test_the_models_are_listed(ask):
    listed = json.loads((await ask("GET", "wove/ai/v1/models")).body)["data"]
    assert [each["id"] for each in listed] == ["smart", "good", "bad", "no", "vectors"]


async def test_texts_become_vectors(ask):
    body = {"model": "vectors", "input": ["one two", "three"], "dimensions": 5}
    answer = await ask("POST", EMBEDDINGS, body=body)
    found = json.loads(answer.body)
    assert (answer.code, found["model"], found["usage"]["total_tokens"]) == (200, "embed", 3)
    assert [(each["index"], len(each["embedding"])) for each in found["data"]] == [(0, 5), (1, 5)]


@pytest.mark.parametrize(
    ("body", "status", "sentence"),
    [
        ({"model": "vectors", "input": [[1, 2]]}, 422, "Send texts"),
        ({"model": "vectors", "input": []}, 422, "list of 1 to 2,048"),
        ({"model": "vectors", "input": "a", "dimensions": 0}, 422, "dimensions"),
        ({"model": "vectors", "input": "a", "encoding_format": "hex"}, 422, "encoding_format"),
        ({"model": "other", "input": "a"}, 404, "There is no model other"),
        ({"model": "good", "input": "a"}, 503, "no embeddings"),
    ],
)
async def test_what_cannot_be_embedded_is_told_as_openai_does(ask, body, status, sentence):
    answer = await ask("POST", EMBEDDINGS, body=body)
    told = json.loads(answer.body)
    assert (answer.code, told["status"]) == (status, status)
    assert sentence in told["error"]["message"]


async def test_the_client_of_openai_gets_vectors(ask, jp_serverapp, http_server_port):
    """It asks for base64 unless told otherwise."""
    import openai

    made = await ask("POST", "wove/api/keys", body={"name": "program", "scopes": ["ai:use"]})
    url = f"http://127.0.0.1:{http_server_port[-1]}{jp_serverapp.base_url}wove/ai/v1"
    key = json.loads(made.body)["secret"]
    async with openai.AsyncOpenAI(base_url=url, api_key=key) as client:
        found = await client.embeddings.create(model="vectors", input=["one two"])
    assert sum(each * each for each in found.data[0].embedding) == pytest.approx(1)


FROM_A_PAGE = {"Origin": "http://127.0.0.1"}


async def test_in_a_browser_one_is_asked_before_the_first_that_costs_money(
    ask, jp_serverapp, scripted
):
    jp_serverapp.allow_origin = FROM_A_PAGE["Origin"]
    jp_serverapp.web_app.settings["allow_origin"] = FROM_A_PAGE["Origin"]
    body = {"model": "good", "messages": MESSAGES}
    refused = await ask("POST", URL, body=body, headers=FROM_A_PAGE)
    told = json.loads(refused.body)
    assert (refused.code, told["type"]) == (403, "urn:wove:problem:ConsentNeeded")
    assert scripted.asked == []
    found = json.loads((await ask("GET", "wove/api/ai/setup")).body)
    assert (found["asks_before_paying"], found["has_agreed"]) == (True, False)
    assert (await ask("POST", "wove/api/ai/consent", body=b"")).code == 204
    assert (await ask("POST", URL, body=body, headers=FROM_A_PAGE)).code == 200
    assert json.loads((await ask("GET", "wove/api/ai/setup")).body)["has_agreed"]


async def test_what_was_spent_is_told(ask):
    await ask("POST", URL, body={"model": "good", "messages": MESSAGES})
    await ask("POST", URL, body={"model": "bad", "messages": MESSAGES})
    answer = await ask("GET", "wove/api/ai/usage", params={"group_by": "model"})
    found = json.loads(answer.body)
    assert [(each["key"], each["spent"]["dollars"]) for each in found["groups"]] == [
        ("scripted-9", "0.000093"),
        ("scripted@500", "0"),
    ]
    (budget,) = found["budgets"]
    assert (budget["spent"], budget["left"]) == ("0.000093", "0.499907")


async def test_each_door_is_found_whichever_was_opened_first(ask, jp_serverapp):
    for path in ("wove/", "wove/api/ai/usage", "wove/ai/v1/models", "wove/api/prompts", "wove/"):
        answer = await ask("GET", f"/{path}")
        assert answer.code == 200, path
    for path in ("wove/api/nothing", "wove/api/ai/nothing", "wove/api/people/x/prompts"):
        answer = await ask("GET", f"/{path}")
        assert answer.headers["Content-Type"].startswith("application/problem+json"), path
