"""What a program asks for, and what that needs of a model."""

from typing import Annotated, Any

import msgspec

from jupyter_wove.ai.models import Feature, Need
from jupyter_wove.ai.tokens import estimate
from jupyter_wove.ai.wire.bodies import MARGIN, Account, ModelName, decoded, for_the_model

TOKENS_OF_A_MESSAGE, TOKENS_OF_AN_IMAGE = 4, 1_000


class _StreamOptions(msgspec.Struct):
    include_usage: bool = False


class _Fields(msgspec.Struct):
    """What we have to know of a request; all else is the model's to judge."""

    model: ModelName
    messages: Annotated[list[dict[str, Any]], msgspec.Meta(min_length=1)]
    stream: bool = False
    stream_options: _StreamOptions | None = None
    max_tokens: Annotated[int, msgspec.Meta(ge=1)] | None = None
    max_completion_tokens: Annotated[int, msgspec.Meta(ge=1)] | None = None
    tools: list[dict[str, Any]] | None = None
    response_format: dict[str, Any] | None = None
    n: Annotated[int, msgspec.Meta(ge=1, le=1)] | None = None
    wove: Account = Account()


class ChatRequest(msgspec.Struct, frozen=True):
    """A chat completion that somebody wants; `body` is what goes to the model."""

    model: str
    streams: bool
    tells_usage: bool
    account: Account
    need: Need
    body: dict[str, Any]


def read(content: bytes) -> ChatRequest:
    """Read a request. Raises BadRequest or InvalidRequest."""
    body, fields = decoded(content, _Fields)
    options = fields.stream_options
    return ChatRequest(
        model=fields.model,
        streams=fields.stream,
        tells_usage=options is not None and options.include_usage,
        account=fields.wove,
        need=_need(fields),
        body=for_the_model(body),
    )


def _need(fields: _Fields) -> Need:
    parts = [part for each in fields.messages for part in _parts(each.get("content"))]
    images = sum(part.get("type") == "image_url" for part in parts)
    features: set[Feature] = set()
    if fields.tools:
        features.add("tools")
    if images:
        features.add("vision")
    if fields.response_format:
        features.add("json")
    return Need(
        tokens=_tokens(fields, parts) + images * TOKENS_OF_AN_IMAGE,
        output=fields.max_completion_tokens or fields.max_tokens or 0,
        features=frozenset(features),
    )


def _tokens(fields: _Fields, parts: list[dict[str, Any]]) -> int:
    texts = [str(part.get("text") or "") for part in parts]
    texts += [
        _written(each[name]) for each in fields.messages for name in CALLED if each.get(name)
    ]
    texts += [_written(fields.tools)] if fields.tools else []
    counted = sum(estimate(text) for text in texts)
    return round(MARGIN * (counted + TOKENS_OF_A_MESSAGE * len(fields.messages)))


CALLED = ("tool_calls", "function_call")


def _parts(content: Any) -> list[dict[str, Any]]:
    if isinstance(content, list):
        return [part for part in content if isinstance(part, dict)]
    return [{"type": "text", "text": content}] if isinstance(content, str) else []


def _written(value: Any) -> str:
    return msgspec.json.encode(value).decode()
