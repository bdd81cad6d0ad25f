"""Chat completions and models as OpenAI writes them, and many others do."""

from collections.abc import Iterator

import msgspec

from jupyter_wove.ai.scripted.exchange import Exchange
from jupyter_wove.ai.scripted.script import Asked, Call, Reply
from jupyter_wove.ai.scripted.shapes import Json, event, text_of

CREATED = 1_700_000_000  # the same always, so that answers are


class OpenAI:
    """The shape of `/v1/chat/completions`."""

    def asked(self, exchange: Exchange, body: Json) -> Asked:
        """Read a request."""
        options = body.get("stream_options") or {}
        return Asked(
            model=body["model"],
            texts=[(each["role"], text_of(each.get("content"))) for each in body["messages"]],
            tools=[each["function"]["name"] for each in body.get("tools") or []],
            streams=bool(body.get("stream")),
            most=body.get("max_completion_tokens") or body.get("max_tokens") or 0,
            tells_usage=bool(options.get("include_usage")),
            headers=exchange.headers,
        )

    def whole(self, asked: Asked, reply: Reply) -> Json:
        """Write an answer in one piece."""
        message: Json = {"role": "assistant", "content": "".join(reply.pieces) or None}
        if reply.calls:
            message["tool_calls"] = [
                _call(number, each) for number, each in enumerate(reply.calls)
            ]
        choice = {"index": 0, "message": message, "finish_reason": _finish(reply)}
        return _head(asked, "chat.completion") | {
            "choices": [choice],
            "usage": _usage(asked, reply),
        }

    def events(self, asked: Asked, reply: Reply) -> Iterator[bytes]:
        """Write an answer as events: a role with the first, usage after the last if wanted."""
        head = _head(asked, "chat.completion.chunk")

        def chunk(delta: Json, finish: str | None = None) -> bytes:
            return event(
                head | {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}
            )

        for number, piece in enumerate(reply.pieces):
            yield chunk({"content": piece} | ({} if number else {"role": "assistant"}))
        for number, call in enumerate(reply.calls):
            yield chunk({"tool_calls": [_call(number, call)]})
        yield chunk({}, _finish(reply))
        if asked.tells_usage:
            yield event(head | {"choices": [], "usage": _usage(asked, reply)})
        yield b"data: [DONE]\n\n"

    def problem(self, status: int, sentence: str) -> Json:
        """Write what went wrong."""
        return problem(status, sentence)


def problem(status: int, sentence: str) -> Json:
    """Write what went wrong."""
    return {"error": {"message": sentence, "type": "scripted", "code": str(status)}}


def models() -> Json:
    """List what one may ask for; every other name is taken, too."""
    listed = [
        {"id": name, "object": "model", "created": CREATED, "owned_by": "wove"} for name in NAMES
    ]
    return {"object": "list", "data": listed}


NAMES = ["scripted", "scripted-200"]


def _head(asked: Asked, kind: str) -> Json:
    return {"id": "chatcmpl-scripted", "object": kind, "created": CREATED, "model": asked.model}


def _call(number: int, call: Call) -> Json:
    function = {"name": call.name, "arguments": msgspec.json.encode(call.arguments).decode()}
    return {"index": number, "id": call.id, "type": "function", "function": function}


def _finish(reply: Reply) -> str:
    return "tool_calls" if reply.calls else "stop"


def _usage(asked: Asked, reply: Reply) -> Json:
    spent = len(reply.pieces) + len(reply.calls)
    return {
        "prompt_tokens": asked.tokens,
        "completion_tokens": spent,
        "total_tokens": asked.tokens + spent,
        "prompt_tokens_details": {"cached_tokens": reply.cached},
    }
