"""An answer as it comes in, whoever gives it."""

from collections.abc import Iterable

import msgspec


class Usage(msgspec.Struct, frozen=True, kw_only=True):
    """Tokens as the provider counted them; `read` and `written` are those of its cache.

    `input` holds all tokens of the request, those that were read from a cache or written to one
    too; `output` holds all of the answer, those of its reasoning too.
    """

    input: int = 0
    output: int = 0
    read: int = 0
    written: int = 0
    reasoning: int = 0


class CallPart(msgspec.Struct, frozen=True):
    """A part of a call of a tool; the parts of one have the same `index`."""

    index: int
    id: str = ""
    name: str = ""
    arguments: str = ""  # a part of a JSON object


class Chunk(msgspec.Struct, frozen=True, kw_only=True):
    """What came in just now; the one with `finish` ends the answer, `usage` may come after."""

    text: str = ""
    calls: list[CallPart] = []
    finish: str = ""  # stop, length, tool_calls or content_filter
    usage: Usage | None = None


class Embedded(msgspec.Struct, frozen=True, kw_only=True):
    """Vectors of texts, in their order; only those of the same model can be compared."""

    vectors: list[list[float]]
    model: str
    usage: Usage | None = None


def whole_calls(parts: Iterable[CallPart]) -> list[CallPart]:
    """Put the parts of each call together."""
    calls: dict[int, CallPart] = {}
    for part in parts:
        known = calls.get(part.index, CallPart(part.index))
        calls[part.index] = CallPart(
            part.index,
            known.id or part.id,
            known.name or part.name,
            known.arguments + part.arguments,
        )
    return list(calls.values())
