"""Chat completions in the form that OpenAI gave them, as the programs of others ask for them."""

from jupyter_wove.ai.wire.answers import Written
from jupyter_wove.ai.wire.requests import ChatRequest, read

__all__ = ["ChatRequest", "Written", "read"]
