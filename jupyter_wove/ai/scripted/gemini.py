"""Generated content as Google's Gemini writes it."""

from collections.abc import Iterator

from jupyter_wove.ai.scripted.exchange import Exchange
from jupyter_wove.ai.scripted.script import Asked, Reply
from jupyter_wove.ai.scripted.shapes import Json, event, text_of

STREAMS = "streamGenerateContent"
STATUS = {400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 429: "RESOURCE_EXHAUSTED"}


class Gemini:
    """The shape of `/v1beta/models/NAME:generateContent`."""

    def asked(self, exchange: Exchange, body: Json) -> Asked:
        """Read a request."""
        name, _, verb = exchange.path.partition("?")[0].rpartition("/")[2].partition(":")
        system = body.get("systemInstruction") or {}
        said = [("system", system)] if system else []
        said += [(each.get("role", "user"), each) for each in body["contents"]]
        tools = [tool.get("functionDeclarations") or [] for tool in body.get("tools") or []]
        return Asked(
            model=name,
            texts=[(role, text_of(each.get("parts"))) for role, each in said],
            tools=[each["name"] for declared in tools for each in declared],
            streams=verb == STREAMS,
            most=(body.get("generationConfig") or {}).get("maxOutputTokens") or 0,
            headers=exchange.headers,
        )

    def whole(self, asked: Asked, reply: Reply) -> Json:
        """Write an answer in one piece."""
        text = [{"text": "".join(reply.pieces)}] if reply.pieces else []
        return _answer(asked, reply, [*text, *_calls(reply)], is_last=True)

    def events(self, asked: Asked, reply: Reply) -> Iterator[bytes]:
        """Write an answer as events; the last has what was spent and why it ended."""
        for piece in reply.pieces:
            yield event(_answer(asked, reply, [{"text": piece}]))
        yield event(_answer(asked, reply, _calls(reply) or [{"text": ""}], is_last=True))

    def problem(self, status: int, sentence: str) -> Json:
        """Write what went wrong."""
        kind = STATUS.get(status, "UNAVAILABLE")
        return {"error": {"code": status, "message": sentence, "status": kind}}


def _calls(reply: Reply) -> list[Json]:
    return [{"functionCall": {"name": each.name, "args": each.arguments}} for each in reply.calls]


def _answer(asked: Asked, reply: Reply, parts: list[Json], *, is_last: bool = False) -> Json:
    candidate: Json = {"index": 0, "content": {"role": "model", "parts": parts}}
    answer: Json = {"modelVersion": asked.model, "candidates": [candidate]}
    if is_last:
        candidate["finishReason"] = "STOP"
        spent = len(reply.pieces) + len(reply.calls)
        answer["usageMetadata"] = {
            "promptTokenCount": asked.tokens,
            "candidatesTokenCount": spent,
            "totalTokenCount": asked.tokens + spent,
            "cachedContentTokenCount": reply.cached,
        }
    return answer
