"""Providers that speak as OpenAI does, as vLLM, llama.cpp, LM Studio and Ollama do, too."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import suppress
from typing import Any

import httpx
import msgspec

from jupyter_wove.ai.models import Deployment
from jupyter_wove.ai.providers.chunks import CallPart, Chunk, Embedded, Usage
from jupyter_wove.ai.providers.failures import LONGEST_SENTENCE, Failure, Kind, without
from jupyter_wove.ai.providers.responses import check, plain_failures, whole
from jupyter_wove.ai.providers.vectors import read_vectors

LONGEST_EVENT = 4 * 1024 * 1024  # bytes
DONE = b"[DONE]"
ENDS_WITHIN = 0.1  # seconds
OPENAI = "https://api.openai.com/v1"
STREAMED = {"stream": True, "stream_options": {"include_usage": True}}


class _Function(msgspec.Struct):
    name: str | None = None
    arguments: str | None = None


class _Call(msgspec.Struct):
    index: int = 0
    id: str | None = None
    function: _Function | None = None


class _Delta(msgspec.Struct):
    content: str | None = None
    tool_calls: list[_Call] | None = None


class _Choice(msgspec.Struct):
    delta: _Delta
    finish_reason: str | None = None


class _Cached(msgspec.Struct):
    cached_tokens: int | None = None


class _Reasoned(msgspec.Struct):
    reasoning_tokens: int | None = None


class _Usage(msgspec.Struct):
    prompt_tokens: int = 0
    completion_tokens: int = 0
    prompt_tokens_details: _Cached | None = None
    completion_tokens_details: _Reasoned | None = None


class _Event(msgspec.Struct):
    choices: list[_Choice] = []
    usage: _Usage | None = None
    error: Any = None


_events = msgspec.json.Decoder(_Event)


class OpenAIProvider:
    """One model of such a provider."""

    def __init__(self, client: httpx.AsyncClient, deployment: Deployment, key: str) -> None:
        self._client = client
        self._model = deployment.model
        base = (deployment.base_url or OPENAI).rstrip("/")
        self._url, self._embeddings = f"{base}/chat/completions", f"{base}/embeddings"
        self._key = key
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}

    async def stream(self, body: dict[str, Any]) -> AsyncGenerator[Chunk, None]:
        """Give the answer to a chat completion as it comes. Raises Failure."""
        asked = self._renamed(body) | {"model": self._model} | STREAMED
        with plain_failures():
            async with self._client.stream(
                "POST", self._url, content=msgspec.json.encode(asked), headers=self._headers
            ) as answer:
                async for chunk in _chunks(answer, self._key):
                    yield chunk

    async def embed(self, body: dict[str, Any]) -> Embedded:
        """Give the vector of each text of `input`. Raises Failure."""
        content = msgspec.json.encode(body | {"model": self._model})
        with plain_failures():
            async with self._client.stream(
                "POST", self._embeddings, content=content, headers=self._headers
            ) as answer:
                told = await whole(answer, self._key)
        # In a thread: many vectors take long to read.
        return await asyncio.to_thread(read_vectors, told, body, self._model)

    def _renamed(self, body: dict[str, Any]) -> dict[str, Any]:
        """Name the longest answer as OpenAI's newer models demand, and others do not know it."""
        if not self._url.startswith(OPENAI) or "max_tokens" not in body:
            return body
        most = body["max_tokens"]
        return {"max_completion_tokens": most} | {
            name: value for name, value in body.items() if name != "max_tokens"
        }


async def _chunks(answer: httpx.Response, key: str) -> AsyncIterator[Chunk]:
    await check(answer, key)
    if "text/event-stream" not in answer.headers.get("Content-Type", ""):
        raise Failure(Kind.BROKEN, "The provider did not answer with events.")
    contents = _contents(answer)
    async for content in contents:
        if content == DONE:
            break
        yield _chunk(content, key)
    await _read_to_the_end(contents)


async def _read_to_the_end(contents: AsyncIterator[bytes]) -> None:
    """Take in what ends the answer: else the line would be closed, and made anew each time."""
    with suppress(TimeoutError, httpx.HTTPError):
        async with asyncio.timeout(ENDS_WITHIN):
            async for _ in contents:
                pass


async def _contents(answer: httpx.Response) -> AsyncIterator[bytes]:
    """Give what stands in the `data` of each event."""
    rest = b""
    async for part in answer.aiter_bytes():
        *lines, rest = (rest + part).split(b"\n")
        for line in lines:
            if line.startswith(b"data:"):
                yield line[5:].strip()
        if len(rest) > LONGEST_EVENT:
            raise Failure(Kind.BROKEN, "The provider sent an event without an end.")


def _chunk(content: bytes, key: str) -> Chunk:
    try:
        event = _events.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Failure(Kind.BROKEN, "The provider sent what is no event.") from error
    if event.error is not None:
        said = without(f"The provider broke off: {event.error}", key)
        raise Failure(Kind.BROKEN, said[:LONGEST_SENTENCE])
    usage = _usage(event.usage) if event.usage else None
    if not event.choices:
        return Chunk(usage=usage)
    choice = event.choices[0]
    return Chunk(
        text=choice.delta.content or "",
        calls=[_part(each) for each in choice.delta.tool_calls or []],
        finish=choice.finish_reason or "",
        usage=usage,
    )


def _part(call: _Call) -> CallPart:
    function = call.function or _Function()
    return CallPart(call.index, call.id or "", function.name or "", function.arguments or "")


def _usage(told: _Usage) -> Usage:
    cached, reasoned = told.prompt_tokens_details, told.completion_tokens_details
    return Usage(
        input=told.prompt_tokens,
        output=told.completion_tokens,
        read=(cached and cached.cached_tokens) or 0,
        reasoning=(reasoned and reasoned.reasoning_tokens) or 0,
    )
