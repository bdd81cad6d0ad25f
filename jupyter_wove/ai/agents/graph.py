"""An agent at work: a model that uses tools until it is done, or has to ask somebody.

Imports LangChain, which takes seconds: to be imported in a thread.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

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
from jupyter_wove.ai.agents.models import Asked, Exhausted, Outcome, Risk, Tool
from jupyter_wove.ai.agents.plan_tool import plan_tool
from jupyter_wove.ai.agents.plans import Planner, Worker
from jupyter_wove.ai.providers import Chunk
from jupyter_wove.kit.errors import WoveError

MOST_ANSWERS, MOST_CALLS = 25, 60  # of a run, with all that it goes on with
AT_ONCE = 4  # calls of tools
LONGEST_WORK = 1800  # seconds without anybody being asked
LONGEST_RESULT = 8_000  # characters of what a tool says
OF_WINDOW = 0.5  # what results may fill before the oldest are let go


class Agent:
    """One run of an agent; `window` counts the tokens that its model can read."""

    def __init__(
        self, run_id: UUID, worker: Worker, window: int, state: bytes, planner: Planner | None
    ) -> None:
        self._worker = worker
        self._planner = planner
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
        tools = [*self._worker.tools]
        if self._planner:
            tools.append(plan_tool(self._planner, partial(self._do, ask, hear)))
        graph = self._graph(replace(self._worker, tools=tools), ask, hear, self._saver)
        given: Any = {"messages": messages} if messages else Command(resume=answers)
        # What people say stays here, also where somebody traces programs of their own.
        with tracing_context(enabled=False), _limited():
            async with _in_time():
                result = await graph.ainvoke(given, self._config, version="v2", durability="exit")
        asked = [_asked(each.id, each.value) for each in result.interrupts]
        return Outcome(asked, frozen(self._saver) if asked else b"")

    async def _do(self, ask: Ask, hear: Callable[[Chunk], None], worker: Worker, told: str) -> str:
        """Have a step of a plan done by somebody else, whose words nobody hears but the agent."""
        graph = self._graph(worker, ask, lambda chunk: hear(Chunk(usage=chunk.usage)))
        with _limited():
            found = await graph.ainvoke({"messages": [{"role": "user", "content": told}]})
        return str(found["messages"][-1].text)

    def _graph(
        self, worker: Worker, ask: Ask, hear: Callable[[Chunk], None], saver: Any = None
    ) -> Any:
        middleware: list[Any] = [
            Gate({tool.name: tool for tool in worker.tools}),
            ModelCallLimitMiddleware(thread_limit=MOST_ANSWERS, exit_behavior="error"),
            ToolCallLimitMiddleware(thread_limit=MOST_CALLS, exit_behavior="error"),
            ContextEditingMiddleware(
                edits=[ClearToolUsesEdit(trigger=round(OF_WINDOW * self._window))]
            ),
        ]
        return create_agent(
            RoutedModel(ask=ask, hear=hear),
            [_structured(tool) for tool in worker.tools],
            system_prompt=worker.instructions,
            middleware=middleware,
            checkpointer=saver,
        )


def _asked(interrupt: str, value: dict[str, Any]) -> Asked:
    return Asked(interrupt, **(value | {"risk": Risk(value["risk"])}))


@contextmanager
def _limited() -> Iterator[None]:
    try:
        yield
    except (ModelCallLimitExceededError, ToolCallLimitExceededError) as error:
        raise Exhausted(
            f"It does so after {MOST_ANSWERS} answers or {MOST_CALLS} uses of tools."
            " Say what is left to do, and it begins anew."
        ) from error


@asynccontextmanager
async def _in_time() -> AsyncIterator[None]:
    limit = asyncio.timeout(LONGEST_WORK)
    try:
        async with limit:
            yield
    except TimeoutError as error:
        if not limit.expired():
            raise
        minutes = LONGEST_WORK // 60
        raise Exhausted(f"It does so after {minutes} minutes. Say what is left to do.") from error


def _structured(tool: Tool) -> StructuredTool:
    async def use(**given: Any) -> str:
        try:
            said = await tool.use(tool.read(given))
        except WoveError as error:
            return f"Error: {error}"
        return said if len(said) <= LONGEST_RESULT else f"{said[:LONGEST_RESULT]}\n[cut off]"

    return StructuredTool.from_function(
        coroutine=use, name=tool.name, description=tool.about, args_schema=tool.schema
    )
