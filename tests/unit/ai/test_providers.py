"""Each provider is asked through its own package, and all answer alike."""

import asyncio
import json

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
        async with httpx.AsyncClient(timeout=1) as client:
            if request.param == "openai":
                provider = OpenAIProvider(client, deployment, "key")
            else:
                provider = ChatModelProvider(deployment, "key")
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
