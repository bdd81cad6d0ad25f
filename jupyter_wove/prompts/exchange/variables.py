"""What the formats share: names, inputs that a text asks for, and reading JSON."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from jupyter_wove.kit.errors import InvalidRequest
from jupyter_wove.prompts.format import Unreadable, prompt_of
from jupyter_wove.prompts.templates import Node, Section, Variable, parsed, walk

_NO_SLUG = re.compile(r"[^a-z0-9]+")
DEEPEST = 40


def called(name: str) -> dict[str, Any]:
    """Make a name, and a title where the name cannot hold it."""
    slug = slugged(name)
    return {"name": slug} if slug == name else {"name": slug, "title": name[:120]}


def slugged(name: str) -> str:
    """Make a name of any text."""
    return _NO_SLUG.sub("-", name.lower())[:64].strip("-") or "imported"


def nodes_of(body: str) -> tuple[Node, ...] | None:
    """Read a template; None where it is none."""
    try:
        return parsed(body)
    except InvalidRequest:
        return None


def asked(body: str) -> dict[str, Any]:
    """Declare the inputs that a text names."""
    found: dict[str, Any] = {}
    for node, within in walk(nodes_of(body) or ()):
        if isinstance(node, Variable) and node.path and not within:
            found.setdefault(node.path[0], {"type": "string"})
        elif isinstance(node, Section) and node.path and not within:
            found.setdefault(node.path[0], {"required": False})
    return {"inputs": found} if found else {}


def inputs_in(settings: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Read the inputs of settings that nobody has checked."""
    inputs = settings.get("inputs")
    if not isinstance(inputs, dict):
        return {}
    return {name: each for name, each in inputs.items() if isinstance(each, dict)}


def json_object(text: str) -> dict[str, Any]:
    """Read JSON. Raises InvalidRequest."""
    try:
        found = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise InvalidRequest(f"This is not JSON: {error}.") from error
    if not isinstance(found, dict) or "\\u0000" in text:
        raise InvalidRequest("A JSON object without NUL characters is expected.")
    if any(level > DEEPEST for level in _levels(found)):
        raise InvalidRequest("This is nested too deeply.")
    return found


def _levels(value: Any, level: int = 0) -> Iterator[int]:
    yield level
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inner:
        yield from _levels(each, level + 1)


def fits(settings: dict[str, Any]) -> dict[str, Any]:
    """Keep those settings whose values mean something with us."""
    return {key: value for key, value in settings.items() if _fits(key, value)}


def _fits(key: str, value: Any) -> bool:
    try:
        prompt_of({"name": "x", key: value}, "")
    except Unreadable:
        return False
    return True
