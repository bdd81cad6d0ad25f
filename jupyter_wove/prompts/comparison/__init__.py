"""What differs between two versions of a prompt, and how much that means."""

from typing import Any

import msgspec

from jupyter_wove.projects import diff_text
from jupyter_wove.prompts.format import Input, Prompt
from jupyter_wove.prompts.models import Difference, PromptDiff
from jupyter_wove.prompts.numbering import Bump

# Settings that only say something about a prompt; what the answer is made of is all the rest.
ABOUT = {"title", "description", "examples", "tests", "license", "tags", "use_cases", "stack"}
ABOUT |= {"forked_from"}
PROMISED = {"kind", "output"}
_APART = {"inputs"}


def compare(base: Prompt, head: Prompt, names: tuple[str, str]) -> PromptDiff:
    """Compare two versions of these names."""
    inputs = _differences(_inputs(base), _inputs(head))
    settings = _differences(_others(base), _others(head))
    body = diff_text(base.body.encode(), head.body.encode())
    changed = base.body != head.body
    return PromptDiff(*names, body, inputs, settings, _bump(base, head, changed, inputs, settings))


def in_words(diff: PromptDiff) -> str:
    """Name what differs: "the text, the input x, the setting model"."""
    said = ["the text"] if diff.body.hunks or diff.body.truncated else []
    said += [f"the input {each.name}" for each in diff.inputs]
    said += [f"the setting {each.name}" for each in diff.settings]
    return ", ".join(said) or "nothing"


def _bump(
    base: Prompt,
    head: Prompt,
    changed: bool,
    inputs: list[Difference],
    settings: list[Difference],
) -> Bump:
    names = {each.name for each in settings}
    broken = any(
        _breaks(base.header.inputs.get(each.name), head.header.inputs.get(each.name))
        for each in inputs
    )
    if broken or names & PROMISED:
        return "major"
    if changed or inputs or names - ABOUT:
        return "minor"
    return "patch" if names else "none"


def _breaks(before: Input | None, after: Input | None) -> bool:
    """Tell whether values that were right for an input may be wrong now."""
    if after is None:
        return True
    if before is None:
        return after.is_required
    fewer = set(map(str, before.options)) - set(map(str, after.options))
    stricter = after.is_required and not before.is_required
    return before.type != after.type or bool(fewer) or stricter


def _inputs(prompt: Prompt) -> dict[str, Any]:
    found = prompt.settings.get("inputs")
    return found if isinstance(found, dict) else {}


def _others(prompt: Prompt) -> dict[str, Any]:
    return {key: value for key, value in prompt.settings.items() if key not in _APART}


def _differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    names = dict.fromkeys([*before, *after])
    found = (Difference(name, before.get(name), after.get(name)) for name in names)
    return [
        each
        for each in found
        if (each.name in before) != (each.name in after) or _differ(each.before, each.after)
    ]


def _differ(one: Any, other: Any) -> bool:
    return msgspec.json.encode(one) != msgspec.json.encode(other)
