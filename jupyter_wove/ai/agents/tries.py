"""How often something has failed in a run: an agent that mends for ever only costs."""

from collections.abc import Iterable
from typing import Any

from langchain_core.messages import AIMessage, ToolMessage

from jupyter_wove.ai.agents.models import FAILED

MOST_TRIES = 3
ENOUGH = f"""\
This has failed {MOST_TRIES} times, so it is not run again now. Tell the person what you have
tried, what the error says, and what you would do next."""


def is_given_up(messages: Iterable[Any], name: str, arguments: dict[str, Any]) -> bool:
    """Tell whether just this was tried as often as it may be, with no success in between."""
    calls, failures = dict[str, tuple[str, Any]](), 0
    for message in messages:
        if isinstance(message, AIMessage):
            found = message.tool_calls
            calls |= {each["id"] or "": (each["name"], each["args"]) for each in found}
        elif isinstance(message, ToolMessage) and _is_of(message, calls, (name, arguments)):
            is_failure = str(message.content).partition("\n")[0] == FAILED
            failures = failures + 1 if is_failure else 0
    return failures >= MOST_TRIES


def _is_of(message: ToolMessage, calls: dict[str, Any], call: tuple[str, Any]) -> bool:
    return bool(calls.get(message.tool_call_id) == call)
