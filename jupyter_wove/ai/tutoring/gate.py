"""Where each request and each answer passes that a teacher has a say in."""

from collections.abc import Callable

from msgspec import structs

from jupyter_wove.ai.providers import Chunk
from jupyter_wove.ai.tutoring.models import LINES, Binding, until_when
from jupyter_wove.ai.tutoring.withholding import Withholding
from jupyter_wove.ai.wire import ChatRequest
from jupyter_wove.kit.errors import Forbidden

PLAIN = ("tools", "functions", "response_format")


def allow(binding: Binding, request: ChatRequest, *, is_agent: bool) -> None:
    """Let pass what a teacher allows. Raises Forbidden.

    Tools and schemas carry code where nobody looks for it: only agents of ours may use them.
    """
    if binding.routes is not None and request.model not in binding.routes:
        named = ", ".join(binding.routes) or "no model"
        raise Forbidden(f"{until_when(binding)} Until then you may ask {named} here.")
    if is_agent or LINES[binding.level] is None:
        return
    if any(request.body.get(name) for name in PLAIN):
        raise Forbidden(f"{until_when(binding)} Until then ask without tools and schemas.")


def held_back(binding: Binding | None, held: Withholding | None) -> Callable[[Chunk], Chunk]:
    """Make what takes code out of an answer, a chunk after the other; nothing where none holds."""
    if binding is None:
        return lambda chunk: chunk
    holding = held or Withholding(binding)
    keeps_calls = held is not None or LINES[binding.level] is None

    def hear(chunk: Chunk) -> Chunk:
        text = holding.add(chunk.text) + (holding.end() if chunk.finish else "")
        return structs.replace(chunk, text=text, calls=chunk.calls if keeps_calls else [])

    return hear
