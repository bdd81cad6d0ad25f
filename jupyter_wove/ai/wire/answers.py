"""What a program gets: an answer in pieces, or in one."""

import time
from typing import Any
from uuid import UUID

from jupyter_wove.ai.providers import CallPart, Chunk, Usage, whole_calls

Json = dict[str, Any]


class Written:
    """One answer, written down as it comes."""

    def __init__(self, answer_id: UUID, model: str) -> None:
        self._head = {
            "id": f"chatcmpl-{answer_id.hex}",
            "created": int(time.time()),
            "model": model,
        }
        self._is_begun = False

    def pieces(self, chunk: Chunk, *, tells_usage: bool) -> list[Json]:
        """Write what came, as the events of a stream."""
        delta: Json = {} if self._is_begun else {"role": "assistant"}
        self._is_begun = True
        if chunk.text:
            delta["content"] = chunk.text
        if chunk.calls:
            delta["tool_calls"] = [_call(each) for each in chunk.calls]
        choice = {"index": 0, "delta": delta, "finish_reason": chunk.finish or None}
        events = [self._event([choice])]
        if chunk.usage and tells_usage:
            events.append(self._event([]) | {"usage": _usage(chunk.usage)})
        return events

    def whole(self, chunks: list[Chunk]) -> Json:
        """Write a whole answer."""
        last = chunks[-1]
        message: Json = {"role": "assistant", "content": "".join(each.text for each in chunks)}
        if last.calls:
            message["tool_calls"] = _calls(last.calls)
            message["content"] = message["content"] or None
        choice = {"index": 0, "message": message, "finish_reason": last.finish}
        answer = self._head | {"object": "chat.completion", "choices": [choice]}
        return answer | ({"usage": _usage(last.usage)} if last.usage else {})

    def _event(self, choices: list[Json]) -> Json:
        return self._head | {"object": "chat.completion.chunk", "choices": choices}


def _call(part: CallPart) -> Json:
    function = {"name": part.name, "arguments": part.arguments}
    named = {"id": part.id, "type": "function"} if part.id else {}
    written = {name: value for name, value in function.items() if value or part.id}
    return {"index": part.index, **named, "function": written}


def _calls(parts: list[CallPart]) -> list[Json]:
    return [
        {
            "id": each.id,
            "type": "function",
            "function": {"name": each.name, "arguments": each.arguments},
        }
        for each in whole_calls(parts)
    ]


def _usage(usage: Usage) -> Json:
    return {
        "prompt_tokens": usage.input,
        "completion_tokens": usage.output,
        "total_tokens": usage.input + usage.output,
        "prompt_tokens_details": {"cached_tokens": usage.read},
        "completion_tokens_details": {"reasoning_tokens": usage.reasoning},
    }
