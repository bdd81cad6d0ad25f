"""Who answers: one class for each way of asking, all of them alike from outside."""

from collections.abc import AsyncGenerator
from typing import Any, Protocol

from jupyter_wove.ai.providers.chunks import CallPart, Chunk, Embedded, Usage, whole_calls
from jupyter_wove.ai.providers.failures import Failure, Kind


class Provider(Protocol):
    """Answers chat completions, asked in the form that OpenAI gave them."""

    def stream(self, body: dict[str, Any]) -> AsyncGenerator[Chunk, None]:
        """Give the answer as it comes. Raises Failure."""


class Embedder(Protocol):
    """Makes vectors of texts, asked in the form that OpenAI gave it."""

    async def embed(self, body: dict[str, Any]) -> Embedded:
        """Give the vector of each text of `input`. Raises Failure."""


__all__ = [
    "CallPart",
    "Chunk",
    "Embedded",
    "Embedder",
    "Failure",
    "Kind",
    "Provider",
    "Usage",
    "whole_calls",
]
