"""Vectors of texts, as OpenAI writes them."""

from typing import Any

import msgspec

from jupyter_wove.ai.providers.chunks import Embedded, Usage
from jupyter_wove.ai.providers.failures import Failure, Kind

LARGEST = 3.4e38  # that 32 bits can say


class _Vector(msgspec.Struct):
    index: int
    embedding: list[float]


class _Usage(msgspec.Struct):
    prompt_tokens: int = 0


class _Vectors(msgspec.Struct):
    data: list[_Vector]
    usage: _Usage | None = None


def read_vectors(content: bytes, body: dict[str, Any], model: str) -> Embedded:
    """Read the vectors that `body` asked for. Raises Failure where they are not what it was."""
    try:
        told = msgspec.json.decode(content, type=_Vectors)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Failure(Kind.BROKEN, "The provider sent what is no list of vectors.") from error
    vectors = [each.embedding for each in sorted(told.data, key=lambda each: each.index)]
    _check(told, vectors, body)
    usage = Usage(input=told.usage.prompt_tokens) if told.usage else None
    return Embedded(vectors=vectors, model=model, usage=usage)


def _check(told: _Vectors, vectors: list[list[float]], body: dict[str, Any]) -> None:
    if sorted(each.index for each in told.data) != [*range(len(body["input"]))]:
        raise Failure(Kind.BROKEN, "The provider sent not one vector for each text.")
    lengths, wanted = {len(each) for each in vectors}, body.get("dimensions")
    if len(lengths) != 1 or lengths == {0} or (wanted and lengths != {wanted}):
        raise Failure(Kind.BROKEN, "The provider sent vectors of other dimensions.")
    if not all(abs(number) <= LARGEST for each in vectors for number in each):
        raise Failure(Kind.BROKEN, "The provider sent vectors with what is no number.")
