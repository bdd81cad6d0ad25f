"""Agent Skills: `SKILL.md`."""

from typing import Any

import msgspec

from jupyter_wove.prompts.exchange.copilot import Copilot
from jupyter_wove.prompts.exchange.remainders import Tree
from jupyter_wove.prompts.exchange.variables import called, fits, nodes_of
from jupyter_wove.prompts.format import dump, joined
from jupyter_wove.prompts.templates import Literal, escaped, source

_SAME = ("license", "compatibility", "metadata")


class Skills(Copilot):
    """Settings in YAML above Markdown that is no template; `metadata` maps text to text."""

    ending = "SKILL.md"
    place: tuple[str, ...] = ("front", "metadata", "x-wove")

    def write(self, tree: Tree) -> str:
        """Write a file, which always has settings."""
        return joined(dump(tree["front"]), tree["body"])

    def ours(self, tree: Tree) -> Tree:
        """Take the text as it is, and the tools that it may use."""
        front = tree["front"]
        settings: Tree = called(front["name"]) if isinstance(front.get("name"), str) else {}
        settings["kind"] = "skill"
        settings |= fits({key: front[key] for key in ("description", *_SAME) if key in front})
        if isinstance(front.get("allowed-tools"), str):
            settings |= fits({"tools": front["allowed-tools"].split()})
        return {"settings": settings, "body": escaped(tree["body"])}

    def theirs(self, ours: Tree) -> Tree:
        """Name what a skill must have: a name, and what it is for."""
        settings = ours["settings"]
        front = {"name": settings["name"]}
        front["description"] = settings.get("description") or settings.get("title", front["name"])
        front |= {key: settings[key] for key in _SAME if key in settings}
        if isinstance(settings.get("tools"), list):
            front["allowed-tools"] = " ".join(map(str, settings["tools"]))
        return {"front": front, "body": _plain(ours["body"])}

    def wrap(self, beside: Tree) -> Any:
        """Write our data as text."""
        return msgspec.json.encode(beside).decode()

    def unwrap(self, found: Any) -> Tree:
        """Read our data."""
        try:
            return (
                msgspec.json.decode(found, type=dict[str, Any]) if isinstance(found, str) else {}
            )
        except msgspec.DecodeError:
            return {}


def _plain(body: str) -> str:
    """Write a template as text: braces that say themselves are braces again."""
    nodes = nodes_of(body)
    if nodes is None:
        return body
    return "".join(each.text if isinstance(each, Literal) else source((each,)) for each in nodes)
