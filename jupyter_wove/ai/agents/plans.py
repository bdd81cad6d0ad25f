"""Plans: work in steps, of which each says what it needs the results of."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Annotated, Literal

import msgspec

from jupyter_wove.ai.agents.models import Risk, Tool
from jupyter_wove.kit.errors import InvalidRequest

MOST_STEPS = 12
May = Literal["read", "edit", "run"]
StepState = Literal["waiting", "working", "asking", "done", "failed", "skipped"]
Name = Annotated[str, msgspec.Meta(pattern=r"^[\w-]{1,32}\Z")]

MAY: dict[May, set[Risk]] = {
    "read": {Risk.READ},
    "edit": {Risk.READ, Risk.EDIT},
    "run": {Risk.READ, Risk.EDIT, Risk.RUN, Risk.REACH},
}
"""What who does a step is given; what is not free asks there, too."""

IN_WORDS: dict[May, str] = {
    "read": "looks only",
    "edit": "may suggest changes",
    "run": "may suggest changes, and ask to run cells",
}


class Step(msgspec.Struct, frozen=True):
    """One part of the work."""

    id: Annotated[Name, msgspec.Meta(description="A short name for the step.")]
    goal: Annotated[
        str,
        msgspec.Meta(
            min_length=1,
            max_length=2_000,
            description="What to do, as a whole: who does it reads this, and what the steps said"
            " that it needs, and nothing else.",
        ),
    ]
    needs: Annotated[
        list[Name],
        msgspec.Meta(description="The ids of the steps that must be done before this one."),
    ] = []
    agent: Annotated[
        str, msgspec.Meta(max_length=128, description="Who does it; empty for somebody like you.")
    ] = ""
    may: Annotated[
        May,
        msgspec.Meta(
            description="What it takes: looking, suggesting changes, or running cells as well."
        ),
    ] = "read"


class Plan(msgspec.Struct, frozen=True):
    """What is to be done; steps that do not need each other are done side by side."""

    title: Annotated[
        str, msgspec.Meta(min_length=1, max_length=200, description="What it leads to, in short.")
    ]
    steps: Annotated[list[Step], msgspec.Meta(min_length=1, max_length=MOST_STEPS)]


class Ended(msgspec.Struct, frozen=True):
    """How a step came out, and what was said at its end."""

    state: Literal["done", "failed", "skipped"]
    said: str


@dataclass(frozen=True)
class Worker:
    """Who does a step: what a model is told of itself, and what it may use."""

    instructions: str
    tools: Sequence[Tool]


@dataclass(frozen=True)
class Planner:
    """What carries out plans: who works on them, and how people are told how far they are."""

    agents: Sequence[str]  # the names that steps can give
    worker: Callable[[Step], Awaitable[Worker]]
    tell: Callable[[Plan, Mapping[str, StepState]], None]


def check(plan: Plan, agents: Sequence[str]) -> None:
    """Find what is wrong with a plan before anybody is asked about it. Raises InvalidRequest."""
    ids = [step.id for step in plan.steps]
    if len(set(ids)) < len(ids):
        raise InvalidRequest("Two steps have the same id.")
    for step in plan.steps:
        if unknown := [each for each in step.needs if each not in ids]:
            raise InvalidRequest(f"Step {step.id} needs {unknown[0]}, which is no step.")
        if step.agent and step.agent not in agents:
            known = ", ".join(agents)
            raise InvalidRequest(f"Nobody is called {step.agent}. There are: {known}.")
    waves(plan)


def waves(plan: Plan) -> list[list[str]]:
    """Sort the ids of steps by when each can begin at the earliest. Raises InvalidRequest."""
    sorter = TopologicalSorter({step.id: step.needs for step in plan.steps})
    try:
        sorter.prepare()
    except CycleError as error:
        circle = ", ".join(error.args[1])
        raise InvalidRequest(f"These steps need each other in a circle: {circle}.") from error
    found = []
    while sorter.is_active():
        found.append(sorted(sorter.get_ready(), key=[step.id for step in plan.steps].index))
        sorter.done(*found[-1])
    return found


def in_words(plan: Plan) -> str:
    """Write a plan as people read it before they allow it."""
    places = {step.id: str(place) for place, step in enumerate(plan.steps, 1)}
    return "\n".join(_line(step, places) for step in plan.steps)


def _line(step: Step, places: Mapping[str, str]) -> str:
    after = f"after {', '.join(places[each] for each in step.needs)}" if step.needs else ""
    said = "; ".join(filter(None, [step.agent, after, IN_WORDS[step.may]]))
    return f"{places[step.id]}. {step.goal}\n   ({said})"
