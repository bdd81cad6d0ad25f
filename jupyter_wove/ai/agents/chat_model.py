"""A route of ours as LangChain asks a model: what comes is told at once, and returned whole."""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from typing import Any

import msgspec
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, ToolCall, convert_to_openai_messages
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.utils.function_calling import convert_to_openai_tool

from jupyter_wove.ai.agents.models import UNREADABLE
from jupyter_wove.ai.providers import CallPart, Chunk, whole_calls
from jupyter_wove.kit.columns import new_id

Ask = Callable[[dict[str, Any]], AsyncGenerator[Chunk, None]]


class RoutedModel(BaseChatModel):
    """Asks through the router, with its fallbacks, budgets and ledger."""

    ask: Ask
    hear: Callable[[Chunk], None]

    @property
    def _llm_type(self) -> str:
        return "wove"

    def bind_tools(self, tools: Sequence[Any], **options: Any) -> Any:
        """Give the model tools."""
        return self.bind(tools=[convert_to_openai_tool(tool) for tool in tools])

    def _generate(self, *args: Any, **options: Any) -> ChatResult:
        raise NotImplementedError("Agents ask in the event loop only.")

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: Any = None,
        **options: Any,
    ) -> ChatResult:
        body = {"messages": convert_to_openai_messages(messages)}
        body |= {"tools": options["tools"]} if options.get("tools") else {}
        text, parts = "", list[CallPart]()
        async with aclosing(self.ask(body)) as chunks:
            async for chunk in chunks:
                text += chunk.text
                parts += chunk.calls or []
                self.hear(chunk)
        message = AIMessage(content=text, tool_calls=calls(parts))
        return ChatResult(generations=[ChatGeneration(message=message)])


def calls(parts: Sequence[CallPart]) -> list[ToolCall]:
    """Read calls of tools; what is no JSON is left for the tool to refuse."""
    return [
        # Not all models name their calls.
        ToolCall(id=call.id or f"call_{new_id().hex}", name=call.name, args=_read(call.arguments))
        for call in whole_calls(parts)
    ]


def _read(arguments: str) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(arguments or "{}")
    except msgspec.DecodeError:
        found = None
    return found if isinstance(found, dict) else {UNREADABLE: arguments}
