"""Vectors of texts as OpenAI writes them: only the words of a text decide over its vector."""

import hashlib
from collections.abc import Iterator

import msgspec

from jupyter_wove.ai.scripted.exchange import Exchange
from jupyter_wove.ai.scripted.openai import problem
from jupyter_wove.ai.scripted.script import Asked, Reply
from jupyter_wove.ai.scripted.shapes import Json

DIMENSIONS = 64
PIECE = 100  # bytes at a time, where it is sent in pieces so that something can go wrong


class Embeddings:
    """The shape of `/v1/embeddings`."""

    def asked(self, exchange: Exchange, body: Json) -> Asked:
        """Read a request."""
        texts = body["input"] if isinstance(body["input"], list) else [body["input"]]
        return Asked(
            model=body["model"],
            texts=[("user", text) for text in texts],
            dimensions=body.get("dimensions") or DIMENSIONS,
            headers=exchange.headers,
        )

    def whole(self, asked: Asked, reply: Reply) -> Json:
        """Write a vector for each text; equal texts have equal ones."""
        data = [
            {"object": "embedding", "index": index, "embedding": vector(text, asked.dimensions)}
            for index, (_, text) in enumerate(asked.texts)
        ]
        usage = {"prompt_tokens": asked.tokens, "total_tokens": asked.tokens}
        return {"object": "list", "model": asked.model, "data": data, "usage": usage}

    def events(self, asked: Asked, reply: Reply) -> Iterator[bytes]:
        """Write it in pieces."""
        content = msgspec.json.encode(self.whole(asked, reply))
        return (content[at : at + PIECE] for at in range(0, len(content), PIECE))

    def problem(self, status: int, sentence: str) -> Json:
        """Write what went wrong."""
        return problem(status, sentence)


def vector(text: str, dimensions: int) -> list[float]:
    """Count the words of a text, each at a place of its own, to a vector of length one."""
    counts = [0.0] * dimensions
    for word in text.lower().split():
        digest = hashlib.sha256(word.encode()).digest()
        counts[int.from_bytes(digest[:4]) % dimensions] += 1.0
    length = sum(each * each for each in counts) ** 0.5 or 1.0
    return [each / length for each in counts]
