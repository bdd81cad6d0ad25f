"""An agent at work: a model that uses tools until it is done, or has to ask somebody.

Imports LangChain, which takes seconds: to be imported in a thread.
"""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import msgspec
from langchain.agents import create_agent
from langchain.agents.middleware import (
    ClearToolUsesEdit,
    ContextEditingMiddleware,
    ModelCallLimitMiddleware,
    ToolCallLimitMiddleware,
)
from langchain.agents.middleware.model_call_limit import ModelCallLimitExceededError
from langchain.agents.middleware.tool_call_limit import ToolCallLimitExceededError
from langchain_core.tools import StructuredTool
from langgraph.types import Command
from langsmith import tracing_context

from jupyter_wove.ai.agents.chat_model import Ask, RoutedModel
from jupyter_wove.ai.agents.checkpoints import frozen, thawed
from jupyter_wove.ai.agents.gate import Gate
from jupyter_wove.ai.agents.models import Asked, Exhausted, Outcome, Tool
from jupyter_wove.ai.providers import Chunk
from jupyter_wove.kit.errors import WoveError

MOST_ANSWERS, MOST_CALLS = 25, 60  # of a run, with all that it goes on with
AT_ONCE = 4  # calls of tools
LONGEST_RESULT = 8_000  # characters of what a tool says
OF_WINDOW = 0.5  # what results may fill before the oldest are let go


class Agent:
    """One run of an agent; `window` counts the tokens that its model can read."""

    def __init__(
        self, run_id: UUID, instructions: str, tools: Sequence[Tool], window: int, state: bytes
    ) -> None:
        self._tools = {tool.name: tool for tool in tools}
        self._instructions = instructions
        self._window = window
        self._saver = thawed(state)
        self._config: Any = {
            "configurable": {"thread_id": str(run_id)},
            "recursion_limit": 10 * MOST_ANSWERS,
            "max_concurrency": AT_ONCE,
        }

    async def work(
        self,
        ask: Ask,
        hear: Callable[[Chunk], None],
        messages: list[dict[str, Any]] | None,
        answers: dict[str, Any],
    ) -> Outcome:
        """Begin with messages, or go on with what people decided, by its interrupt.

        Raises what `ask` raises, and Exhausted at the limits of a run.
        """
        graph = self._graph(RoutedModel(ask=ask, hear=hear))
        given: Any = {"messages": messages} if messages else Command(resume=answers)
        try:
            # What people say stays here, also where somebody traces programs of their own.
            with tracing_context(enabled=False):
                result = await graph.ainvoke(given, self._config, version="v2", durability="exit")
        except (ModelCallLimitExceededError, ToolCallLimitExceededError) as error:
            raise Exhausted(
                f"It does so after {MOST_ANSWERS} answers or {MOST_CALLS} uses of tools."
                " Say what is left to do, and it begins anew."
            ) from error
        asked = [self._asked(each.id, each.value) for each in result.interrupts]
        return Outcome(asked, frozen(self._saver) if asked else b"")

    def _graph(self, model: RoutedModel) -> Any:
        middleware: list[Any] = [
            Gate(self._tools),
            ModelCallLimitMiddleware(thread_limit=MOST_ANSWERS, exit_behavior="error"),
            ToolCallLimitMiddleware(thread_limit=MOST_CALLS, exit_behavior="error"),
            ContextEditingMiddleware(
                edits=[ClearToolUsesEdit(trigger=round(OF_WINDOW * self._window))]
            ),
        ]
        return create_agent(
            model,
            [_structured(tool) for tool in self._tools.values()],
            system_prompt=self._instructions,
            middleware=middleware,
            checkpointer=self._saver,
        )

    def _asked(self, interrupt: str, value: dict[str, Any]) -> Asked:
        tool = self._tools[value["tool"]]
        return Asked(interrupt, risk=tool.risk, **value)


def _structured(tool: Tool) -> StructuredTool:
    async def use(**given: Any) -> str:
        try:
            said = await tool.use(tool.read(given))
        except WoveError as error:
            return f"Error: {error}"
        return said if len(said) <= LONGEST_RESULT else f"{said[:LONGEST_RESULT]}\n[cut off]"

    schema = msgspec.json.schema_components([tool.arguments])[1][tool.arguments.__name__]
    return StructuredTool.from_function(
        coroutine=use, name=tool.name, description=tool.about, args_schema=schema
    )
