"""Each provider is asked through its own package, and all answer alike."""

import asyncio
import json
from contextlib import aclosing

import httpx
import pytest

from jupyter_wove.ai.models import Deployment
from jupyter_wove.ai.providers import Failure, Kind, Usage
from jupyter_wove.ai.providers.chat_models import ChatModelProvider
from jupyter_wove.ai.providers.openai import OpenAIProvider
from jupyter_wove.ai.routing.progress import Progress
from jupyter_wove.ai.scripted import Call, Fault, Reply
from jupyter_wove.ai.wire.answers import Written
from jupyter_wove.kit.columns import new_id

PROVIDERS = {"openai": "/v1", "anthropic": "", "google": ""}
KEY = "canary-4711"
SAID = [
    {"role": "system", "content": "Be brief."},
    {"role": "user", "content": [{"type": "text", "text": "What is in cell 3?"}]},
    {
        "role": "assistant",
        "content": None,
        "tool_calls": [
            {"id": "c1", "type": "function", "function": {"name": "look", "arguments": "{}"}}
        ],
    },
    {"role": "tool", "tool_call_id": "c1", "content": "import numpy"},
]
TOOL = {
    "type": "function",
    "function": {
        "name": "look",
        "description": "Look into a cell.",
        "parameters": {"type": "object", "properties": {"cell": {"type": "integer"}}},
    },
}


@pytest.fixture(params=PROVIDERS)
def ask(request, models):
    """Ask a scripted model of each provider; return the chunks."""
    deployment = Deployment(
        name="one",
        provider=request.param,
        model="scripted-6",
        base_url=models.url + PROVIDERS[request.param],
    )

    async def asking(body):
        async with httpx.AsyncClient(timeout=60) as client:
            if request.param == "openai":
                provider = OpenAIProvider(client, deployment, KEY)
            else:
                provider = ChatModelProvider(deployment, KEY)
            return [chunk async for chunk in provider.stream(body)]

    return lambda **body: asyncio.run(asking({"messages": SAID} | body))


def test_words_come_in_pieces_and_end_with_what_was_spent(ask, models):
    models.script = lambda asked: Reply(pieces=["one ", "two ", "three"], cached=2)
    chunks = ask()
    assert [chunk.text for chunk in chunks if chunk.text] == ["one ", "two ", "three"]
    assert [chunk.finish for chunk in chunks if chunk.finish] == ["stop"]
    spent = [chunk.usage for chunk in chunks if chunk.usage][-1]
    assert spent == Usage(input=models.asked[0].tokens, output=3, read=2)


def test_the_model_sees_all_that_was_said(ask, models):
    ask(tools=[TOOL])
    asked = models.asked[0]
    said = " ".join(text for _, text in asked.texts)
    assert "Be brief." in said
    assert "What is in cell 3?" in said
    assert asked.tools == ["look"]


def test_calls_of_tools_come_alike(ask, models):
    models.script = lambda asked: Reply(pieces=["So: "], calls=[Call("look", {"cell": 3})])
    chunks = ask(tools=[TOOL])
    progress = Progress()
    for chunk in chunks:
        progress.add(chunk)
    choice = Written(new_id(), "one").whole([progress.last])["choices"][0]
    (call,) = choice["message"]["tool_calls"]
    assert call["id"]
    assert call["function"]["name"] == "look"
    assert json.loads(call["function"]["arguments"]) == {"cell": 3}
    assert (progress.text, choice["finish_reason"]) == ("So: ", "tool_calls")


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault.BAD_REQUEST, Kind.REFUSED),
        (Fault.UNAUTHORIZED, Kind.NOT_ALLOWED),
        (Fault.RATE_LIMITED, Kind.BUSY),
        (Fault.FAILED, Kind.BROKEN),
        (Fault.CUT, Kind.BROKEN),
        (Fault.HANG_UP, Kind.BROKEN),
    ],
)
def test_failures_are_told_alike(ask, models, fault, kind):
    models.script = lambda asked: Reply(pieces=["one "] * 9, fault=fault, after=3)
    with pytest.raises(Failure) as failed:
        ask()
    assert failed.value.kind is kind
    assert len(models.asked) == 1  # nobody but us asks again


@pytest.mark.parametrize("fault", [Fault.BAD_REQUEST, Fault.UNAUTHORIZED, Fault.FAILED])
def test_the_key_is_told_to_nobody_though_the_provider_repeats_it(ask, models, fault):
    models.script = lambda asked: Reply(fault=fault, problem=f"The key {KEY} is wrong.")
    with pytest.raises(Failure) as refused:
        ask()
    assert KEY not in str(refused.value)
    assert "[hidden] is wrong" in str(refused.value)


def test_one_line_serves_many_answers_in_turn(models):
    deployment = Deployment(name="one", provider="openai", model="m", base_url=f"{models.url}/v1")

    async def ask_thrice():
        async with httpx.AsyncClient(timeout=60) as client:
            provider = OpenAIProvider(client, deployment, "")
            for _ in range(3):
                async with aclosing(provider.stream({"messages": SAID})) as chunks:
                    assert [chunk async for chunk in chunks][-1].usage
                await provider.embed({"input": ["one"]})

    asyncio.run(ask_thrice())
    assert models.lines == 1
