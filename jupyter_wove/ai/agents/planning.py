"""A plan at work: steps side by side as far as they do not need each other.

Imports LangGraph, which takes a second: to be imported in a thread.
"""

import operator
from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any, TypedDict

from langgraph.constants import END, START
from langgraph.errors import GraphBubbleUp
from langgraph.graph import StateGraph
from langgraph.types import Send

from jupyter_wove.ai.agents.plans import Ended, Plan, Step, StepState
from jupyter_wove.ai.providers import Failure
from jupyter_wove.kit.errors import WoveError

Do = Callable[[Step, Mapping[str, str]], Awaitable[str]]
Tell = Callable[[Plan, Mapping[str, StepState]], None]


class _State(TypedDict):
    """What the steps have come to: by their ids, the state, and what was said."""

    ended: Annotated[dict[str, tuple[str, str]], operator.or_]


class _Doing(TypedDict):
    """One step to be done, with how the ones before it ended."""

    step: str
    ended: dict[str, tuple[str, str]]


class Work:
    """One plan that is carried out.

    Within an agent that waits for somebody it begins again where it was: what a step said is kept
    with the agent, and no step is done twice.
    """

    def __init__(self, plan: Plan, do: Do, tell: Tell) -> None:
        self._steps = {step.id: step for step in plan.steps}
        self._plan = plan
        self._do = do
        self._tell = tell
        self._states: dict[str, StepState] = dict.fromkeys(self._steps, "waiting")

    async def work(self, at_once: int) -> dict[str, Ended]:
        """Do all steps; those whose needs failed are skipped."""
        graph: Any = StateGraph(_State)
        graph.add_node("step", self._step)
        graph.add_node("next", self._next)
        graph.add_edge(START, "next")
        graph.add_edge("step", "next")
        graph.add_conditional_edges("next", self._ready, ["step", END])
        limits: Any = {"recursion_limit": 3 * len(self._steps) + 3, "max_concurrency": at_once}
        found = await graph.compile().ainvoke({"ended": {}}, limits)
        return {step: Ended(*found["ended"][step]) for step in self._steps}

    def _next(self, state: _State) -> dict[str, Any]:
        """Give up what needs a step that came to nothing."""
        ended, skipped = dict(state["ended"]), dict[str, tuple[str, str]]()
        while missing := self._in_vain(ended):
            step, needed = missing
            ended[step] = skipped[step] = ("skipped", f"It needs {needed}.")
        self._know(ended)
        return {"ended": skipped}

    def _in_vain(self, ended: Mapping[str, tuple[str, str]]) -> tuple[str, str] | None:
        for step in self._plan.steps:
            lost = [each for each in step.needs if ended.get(each, ("done",))[0] != "done"]
            if step.id not in ended and lost:
                return step.id, lost[0]
        return None

    def _ready(self, state: _State) -> Any:
        ended = state["ended"]
        left = [step for step in self._plan.steps if step.id not in ended]
        ready = [step for step in left if all(each in ended for each in step.needs)]
        return [Send("step", _Doing(step=step.id, ended=ended)) for step in ready] or END

    async def _step(self, doing: _Doing) -> dict[str, Any]:
        step, ended = self._steps[doing["step"]], doing["ended"]
        self._know(ended)
        self._note(step, "working")
        try:
            said = await self._do(step, {each: ended[each][1] for each in step.needs})
        except GraphBubbleUp:
            self._note(step, "asking")
            raise
        except (WoveError, Failure) as error:
            self._note(step, "failed")
            return {"ended": {step.id: ("failed", str(error))}}
        self._note(step, "done")
        return {"ended": {step.id: ("done", said)}}

    def _know(self, ended: Mapping[str, tuple[str, str]]) -> None:
        self._states |= {step: state for step, (state, _) in ended.items()}  # type: ignore[misc]

    def _note(self, step: Step, state: StepState) -> None:
        self._states[step.id] = state
        self._tell(self._plan, dict(self._states))
