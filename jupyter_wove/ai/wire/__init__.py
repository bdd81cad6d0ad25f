"""Requests and answers in the form that OpenAI gave them, as the programs of others know them."""

from jupyter_wove.ai.wire.answers import Written
from jupyter_wove.ai.wire.bodies import Account, PromptUse
from jupyter_wove.ai.wire.embeddings import (
    EmbeddingRequest,
    embedding_request,
    read_embedding,
    written,
)
from jupyter_wove.ai.wire.requests import ChatRequest, read

__all__ = [
    "Account",
    "ChatRequest",
    "EmbeddingRequest",
    "PromptUse",
    "Written",
    "embedding_request",
    "read",
    "read_embedding",
    "written",
]
