"""Who answers: one class for each way of asking, all of them alike from outside."""

from collections.abc import AsyncGenerator
from typing import Any, Protocol

from jupyter_wove.ai.providers.chunks import CallPart, Chunk, Usage
from jupyter_wove.ai.providers.failures import Failure, Kind


class Provider(Protocol):
    """Answers chat completions, asked in the form that OpenAI gave them."""

    def stream(self, body: dict[str, Any]) -> AsyncGenerator[Chunk, None]:
        """Give the answer as it comes. Raises Failure."""


__all__ = ["CallPart", "Chunk", "Failure", "Kind", "Provider", "Usage"]
