"""Embeddings in the form that OpenAI gave them: what a program asks for, and what it gets."""

import struct
from base64 import b64encode
from typing import Annotated, Any, Literal

import msgspec

from jupyter_wove.ai.models import EMBEDDINGS, Need
from jupyter_wove.ai.providers import Embedded
from jupyter_wove.ai.tokens import estimate
from jupyter_wove.ai.wire.bodies import MARGIN, Account, ModelName, decoded, for_the_model
from jupyter_wove.kit.errors import InvalidRequest

MOST_TEXTS = 2_048
Dimensions = Annotated[int, msgspec.Meta(ge=1, le=65_536)]


class _Fields(msgspec.Struct):
    """What we have to know of a request; all else is the model's to judge."""

    model: ModelName
    input: Any
    encoding_format: Literal["float", "base64"] = "float"
    dimensions: Dimensions | None = None
    wove: Account = Account()


class EmbeddingRequest(msgspec.Struct, frozen=True):
    """Texts of which somebody wants vectors; `body` is what goes to the model."""

    model: str
    in_base64: bool
    account: Account
    need: Need
    body: dict[str, Any]


def read_embedding(content: bytes) -> EmbeddingRequest:
    """Read a request. Raises BadRequest or InvalidRequest."""
    body, fields = decoded(content, _Fields)
    return EmbeddingRequest(
        model=fields.model,
        in_base64=fields.encoding_format == "base64",
        account=fields.wove,
        need=_need(texts := _texts(fields.input)),
        body=for_the_model(body) | {"input": texts},
    )


def embedding_request(
    texts: list[str], model: str, dimensions: int | None, account: Account
) -> EmbeddingRequest:
    """Ask for vectors from within Wove. Raises InvalidRequest."""
    body = {"input": _texts(texts)} | ({"dimensions": dimensions} if dimensions else {})
    return EmbeddingRequest(model, False, account, _need(texts), body)


def written(found: Embedded, *, in_base64: bool) -> bytes:
    """Write the vectors for a program. `model` is whose they are, to be kept with them."""
    data = [
        {"object": "embedding", "index": index, "embedding": _base64(each) if in_base64 else each}
        for index, each in enumerate(found.vectors)
    ]
    spent = found.usage.input if found.usage else 0
    usage = {"prompt_tokens": spent, "total_tokens": spent}
    answer = {"object": "list", "model": found.model, "data": data, "usage": usage}
    return msgspec.json.encode(answer)


def _texts(given: Any) -> list[str]:
    texts = [given] if isinstance(given, str) else given
    if not isinstance(texts, list) or not texts or len(texts) > MOST_TEXTS:
        raise InvalidRequest(f"`input` must be a text, or a list of 1 to {MOST_TEXTS:,} texts.")
    if any(isinstance(each, int | list) for each in texts):
        raise InvalidRequest(
            "Send texts: tokens are those of one model, and another may be asked."
        )
    if not all(isinstance(each, str) and each for each in texts):
        raise InvalidRequest("Each text of `input` must be a string, and none may be empty.")
    return texts


def _need(texts: list[str]) -> Need:
    tokens = round(MARGIN * sum(map(estimate, texts)))
    return Need(tokens=tokens, output=0, features=frozenset({EMBEDDINGS}))


def _base64(vector: list[float]) -> str:
    return b64encode(struct.pack(f"<{len(vector)}f", *vector)).decode()
