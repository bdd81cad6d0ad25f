"""Providers with a way of their own, asked through LangChain's packages: Anthropic and Google."""

import asyncio
from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING, Any

from jupyter_wove.ai.models import Deployment
from jupyter_wove.ai.providers.chunks import CallPart, Chunk, Usage
from jupyter_wove.ai.providers.failures import Failure, Kind, without
from jupyter_wove.kit.loading import undisturbed

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk

FINISH = {
    "end_turn": "stop",
    "stop_sequence": "stop",
    "pause_turn": "stop",
    "tool_use": "tool_calls",
    "max_tokens": "length",
    "refusal": "content_filter",
    "STOP": "stop",
    "MAX_TOKENS": "length",
}
PACKAGES = {"anthropic": "jupyter-wove[anthropic]", "google": "jupyter-wove[google]"}
LONGEST = 300  # characters of what a provider says


class ChatModelProvider:
    """One model of such a provider."""

    def __init__(self, deployment: Deployment, key: str) -> None:
        self._deployment = deployment
        self._key = key

    async def stream(self, body: dict[str, Any]) -> AsyncGenerator[Chunk, None]:
        """Give the answer to a chat completion as it comes. Raises Failure."""
        # In a thread, since the packages take seconds to import.
        model, messages = await asyncio.to_thread(self._prepared, body)
        usage, has_calls = None, False
        try:
            async for part in model.astream(messages):
                usage = _sum(usage, part)
                chunk = _chunk(part)
                has_calls = has_calls or bool(chunk.calls)
                yield _finished(chunk, usage, has_calls=has_calls)
        except Exception as error:
            raise _failure(error, self._key) from error

    def _prepared(self, body: dict[str, Any]) -> tuple[Any, Any]:
        try:
            from langchain_core.messages import convert_to_messages  # noqa: PLC0415

            model = _model(self._deployment, self._key, body)
        except ImportError as error:
            package = PACKAGES[self._deployment.provider]
            raise Failure(Kind.BROKEN, f"It needs a package: pip install {package}") from error
        tools = body.get("tools")
        bound = model.bind_tools(tools, tool_choice=body.get("tool_choice")) if tools else model
        return bound, convert_to_messages(body["messages"])


def _model(deployment: Deployment, key: str, body: dict[str, Any]) -> "BaseChatModel":
    most = body.get("max_completion_tokens") or body.get("max_tokens") or deployment.most_output
    given: dict[str, Any] = {"model": deployment.model, "api_key": key}
    given |= {"base_url": deployment.base_url} if deployment.base_url else {}
    given |= {name: body[name] for name in ("temperature", "top_p") if body.get(name) is not None}
    if deployment.provider == "anthropic":
        with undisturbed("langchain_anthropic"):
            from langchain_anthropic import ChatAnthropic  # noqa: PLC0415

        given |= {"max_tokens": most, "max_retries": 0, "stop_sequences": _list(body.get("stop"))}
        return ChatAnthropic(**given)
    with undisturbed("langchain_google_genai"):
        from langchain_google_genai import ChatGoogleGenerativeAI  # noqa: PLC0415

    given |= {
        "max_output_tokens": most,
        "max_retries": 1,
        "vertexai": False,
    }  # one try
    return ChatGoogleGenerativeAI(**given)


def _list(stop: Any) -> list[str] | None:
    return [stop] if isinstance(stop, str) else stop


def _chunk(part: "AIMessageChunk") -> Chunk:
    reason = part.response_metadata
    finish = str(reason.get("stop_reason") or reason.get("finish_reason") or "")
    calls = [
        CallPart(each["index"] or 0, each["id"] or "", each["name"] or "", each["args"] or "")
        for each in part.tool_call_chunks
    ]
    return Chunk(
        text=part.text, calls=calls, finish=finish and FINISH.get(finish, "content_filter")
    )


def _finished(chunk: Chunk, usage: Any, *, has_calls: bool) -> Chunk:
    """Complete the last chunk; some call it an ordinary end where tools are to be run."""
    if not chunk.finish:
        return chunk
    finish = "tool_calls" if has_calls and chunk.finish == "stop" else chunk.finish
    return Chunk(text=chunk.text, calls=chunk.calls, finish=finish, usage=_usage(usage))


def _sum(usage: Any, part: "AIMessageChunk") -> Any:
    from langchain_core.messages.ai import add_usage  # noqa: PLC0415

    return add_usage(usage, part.usage_metadata)


def _usage(told: Any) -> Usage | None:
    if not told:
        return None
    read, spent = told.get("input_token_details") or {}, told.get("output_token_details") or {}
    return Usage(
        input=told["input_tokens"],
        output=told["output_tokens"],
        read=read.get("cache_read") or 0,
        written=read.get("cache_creation") or 0,
        reasoning=spent.get("reasoning") or 0,
    )


def _failure(error: Exception, key: str) -> Failure:
    from langchain_core import exceptions as known  # noqa: PLC0415

    kinds = [
        (known.ContextOverflowError, Kind.TOO_LONG),
        (known.ModelAuthenticationError, Kind.NOT_ALLOWED),
        (known.ModelPermissionDeniedError, Kind.NOT_ALLOWED),
        (known.ModelInvalidRequestError, Kind.REFUSED),
        (known.ModelRateLimitError, Kind.BUSY),
        (known.ModelTimeoutError, Kind.SLOW),
    ]
    kind = next(
        (kind for known_error, kind in kinds if isinstance(error, known_error)), Kind.BROKEN
    )
    status = getattr(error, "status_code", None) or getattr(error, "code", None)
    answer = getattr(error, "response", None)
    after = getattr(answer, "headers", {}).get("retry-after") if answer is not None else None
    said = without(f"{type(error).__name__}: {error}", key)[:LONGEST]
    return Failure(kind, said, status if isinstance(status, int) else None, _seconds(after))


def _seconds(text: str | None) -> float | None:
    return float(text) if text and text.replace(".", "", 1).isdecimal() else None
