"""Messages as Anthropic writes them."""

from collections.abc import Iterator

import msgspec

from jupyter_wove.ai.scripted.exchange import Exchange
from jupyter_wove.ai.scripted.script import Asked, Reply
from jupyter_wove.ai.scripted.shapes import Json, event, text_of

KINDS = {400: "invalid_request_error", 401: "authentication_error", 529: "overloaded_error"}


class Anthropic:
    """The shape of `/v1/messages`."""

    def asked(self, exchange: Exchange, body: Json) -> Asked:
        """Read a request."""
        system = [("system", text_of(body["system"]))] if body.get("system") else []
        said = [(each["role"], text_of(each["content"])) for each in body["messages"]]
        return Asked(
            model=body["model"],
            texts=[*system, *said],
            tools=[each["name"] for each in body.get("tools") or []],
            streams=bool(body.get("stream")),
            most=body["max_tokens"],
            headers=exchange.headers,
        )

    def whole(self, asked: Asked, reply: Reply) -> Json:
        """Write an answer in one piece."""
        text = [{"type": "text", "text": "".join(reply.pieces)}] if reply.pieces else []
        calls = [
            {"type": "tool_use", "id": each.id, "name": each.name, "input": each.arguments}
            for each in reply.calls
        ]
        return _message(asked) | {
            "content": [*text, *calls],
            "stop_reason": _reason(reply),
            "usage": _usage(asked, reply),
        }

    def events(self, asked: Asked, reply: Reply) -> Iterator[bytes]:
        """Write an answer as events: a block of text, then one for each call of a tool."""
        start = _message(asked) | {"usage": _usage(asked, reply) | {"output_tokens": 0}}
        yield _event("message_start", message=start)
        if reply.pieces:
            yield _event(
                "content_block_start", index=0, content_block={"type": "text", "text": ""}
            )
            for piece in reply.pieces:
                yield _delta(0, type="text_delta", text=piece)
            yield _event("content_block_stop", index=0)
        for index, call in enumerate(reply.calls, start=1 if reply.pieces else 0):
            block = {"type": "tool_use", "id": call.id, "name": call.name, "input": {}}
            yield _event("content_block_start", index=index, content_block=block)
            arguments = msgspec.json.encode(call.arguments).decode()
            yield _delta(index, type="input_json_delta", partial_json=arguments)
            yield _event("content_block_stop", index=index)
        end = {"stop_reason": _reason(reply), "stop_sequence": None}
        yield _event("message_delta", delta=end, usage=_usage(asked, reply))
        yield _event("message_stop")

    def problem(self, status: int, sentence: str) -> Json:
        """Write what went wrong."""
        kind = KINDS.get(status, "api_error")
        return {"type": "error", "error": {"type": kind, "message": sentence}}


def _event(name: str, **content: object) -> bytes:
    return event({"type": name, **content}, name)


def _delta(index: int, **delta: str) -> bytes:
    return _event("content_block_delta", index=index, delta=delta)


def _message(asked: Asked) -> Json:
    return {
        "id": "msg_scripted",
        "type": "message",
        "role": "assistant",
        "model": asked.model,
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
    }


def _reason(reply: Reply) -> str:
    return "tool_use" if reply.calls else "end_turn"


def _usage(asked: Asked, reply: Reply) -> Json:
    return {
        "input_tokens": asked.tokens - reply.cached,
        "cache_read_input_tokens": reply.cached,
        "cache_creation_input_tokens": 0,
        "output_tokens": len(reply.pieces) + len(reply.calls),
    }
