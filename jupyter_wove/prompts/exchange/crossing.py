"""Cross from one format to the other, taking along what the other one cannot say."""

import re
from typing import Any, Literal, Protocol

from jupyter_wove.kit.errors import InvalidRequest
from jupyter_wove.prompts.exchange.copilot import Copilot
from jupyter_wove.prompts.exchange.langchain import LangChain
from jupyter_wove.prompts.exchange.langfuse import Langfuse
from jupyter_wove.prompts.exchange.promptfoo import Promptfoo
from jupyter_wove.prompts.exchange.remainders import Tree, remainder, restored, same
from jupyter_wove.prompts.exchange.skills import Skills
from jupyter_wove.prompts.exchange.variables import slugged
from jupyter_wove.prompts.format import Prompt, normalised, prompt_of

FormatName = Literal["copilot", "skill", "langfuse", "langchain", "promptfoo"]
ExportName = Literal["wove", "copilot", "skill", "langfuse", "langchain", "promptfoo"]
OURS = "x-wove"


class Format(Protocol):
    """A format of others, as the tree that its files hold.

    `ours` says what it can of a tree as `{"settings": …, "body": …}`, `theirs` the other way
    round. `place` is where in their tree a stranger's data is left alone.
    """

    ending: str
    media: str
    place: tuple[str, ...]

    def read(self, text: str) -> Tree:
        """Read a file. Raises InvalidRequest."""
        ...

    def check(self, tree: Tree) -> None:
        """Refuse a tree that is none of this format (InvalidRequest)."""
        ...

    def write(self, tree: Tree) -> str:
        """Write a file."""
        ...

    def ours(self, tree: Tree) -> Tree:
        """Say it our way, as far as that goes. Raises InvalidRequest."""
        ...

    def theirs(self, ours: Tree) -> Tree:
        """Say it their way, as far as that goes."""
        ...

    def wrap(self, beside: Tree) -> Any:
        """Make of our data what may lie at `place`."""
        ...

    def unwrap(self, found: Any) -> Tree:
        """Read our data; nothing where it is none."""
        ...


FORMATS: dict[FormatName, Format] = {
    "copilot": Copilot(),
    "skill": Skills(),
    "langfuse": Langfuse(),
    "langchain": LangChain(),
    "promptfoo": Promptfoo(),
}


def imported(name: FormatName, text: str, called: str = "") -> Prompt:
    """Read a prompt of others, which is `called` so where its file does not say."""
    form = FORMATS[name]
    tree, beside = parted(form, form.read(normalised(text)))
    ours = _restored(_ours(form, tree), beside.get("ours"))
    ours["settings"].setdefault("name", slugged(called))
    rest = beside.get("theirs") or remainder(tree, form.theirs(ours))
    settings = ours["settings"] | ({f"x-{name}": rest} if rest else {})
    return prompt_of({"name": settings.pop("name"), **settings}, ours["body"])


def exported(name: FormatName, prompt: Prompt) -> str:
    """Write a prompt for others."""
    form, settings = FORMATS[name], dict(prompt.settings)
    # Anything else under that name is a setting like others.
    is_rest = isinstance(settings.get(f"x-{name}"), dict) and settings[f"x-{name}"]
    rest = settings.pop(f"x-{name}") if is_rest else {}
    ours = {"settings": settings, "body": prompt.body}
    tree = restored(form.theirs(ours), rest)
    form.check(tree)
    if not same(parted(form, tree)[0], tree):
        raise InvalidRequest(f"x-{name} was changed and no longer fits. Remove it.")
    beside = {"ours": remainder(ours, _ours(form, tree))}
    if not same(rest, remainder(tree, form.theirs(ours))):
        beside["theirs"] = rest
    return form.write(_put(form, tree, {name: each for name, each in beside.items() if each}))


def _ours(form: Format, tree: Tree) -> Tree:
    """Say a tree our way; lines end as they do in our files."""
    ours = form.ours(tree)
    return {**ours, "body": re.sub(r"\r\n?", "\n", ours["body"])}


def _put(form: Format, tree: Tree, beside: Tree) -> Tree:
    """Put our data into a tree of theirs; where that says something else there, at its top."""
    if not beside:
        return tree
    parents, made = form.place[:-1], 0
    holder: Any = tree
    for parent in parents:
        made += parent not in holder
        holder = holder.get(parent, {})
        if not isinstance(holder, dict):
            return tree | {OURS: form.wrap(beside)}
    return _nested(tree, form.place, form.wrap(beside | ({"made": made} if made else {})))


def _nested(tree: Tree, path: tuple[str, ...], value: Any) -> Tree:
    if len(path) == 1:
        return tree | {path[0]: value}
    return tree | {path[0]: _nested(tree.get(path[0], {}), path[1:], value)}


def parted(form: Format, tree: Tree) -> tuple[Tree, Tree]:
    """Part our data from a tree of theirs, with the holders that were made for it."""
    found: Tree = {}
    for path in ((OURS,), form.place):
        holder: Any = tree
        for parent in path[:-1]:
            holder = holder.get(parent) if isinstance(holder, dict) else None
        if isinstance(holder, dict) and path[-1] in holder:
            beside = form.unwrap(holder[path[-1]])
            made = beside.get("made")
            tree = _without(tree, path, made if isinstance(made, int) else 0)
            found = found or beside
    return tree, found


def _without(tree: Tree, path: tuple[str, ...], made: int) -> Tree:
    if len(path) == 1:
        return {key: value for key, value in tree.items() if key != path[0]}
    inner = _without(tree[path[0]], path[1:], made)
    if not inner and made >= len(path) - 1:
        return {key: value for key, value in tree.items() if key != path[0]}
    return tree | {path[0]: inner}


def _restored(ours: Tree, rest: Any) -> Tree:
    """Put back what is ours; somebody may have changed it by hand."""
    found = restored(ours, rest) if isinstance(rest, dict) else ours
    settings, body = found.get("settings"), found.get("body")
    if not isinstance(settings, dict) or not isinstance(body, str):
        raise InvalidRequest(f"{OURS} was changed and no longer fits. Remove it.")
    return {"settings": settings, "body": body}
