"""Chat templates of LangChain, as it writes them down; none of its code is needed or run."""

import re
from string import Formatter
from typing import Any

import msgspec

from jupyter_wove.kit.errors import InvalidRequest
from jupyter_wove.prompts.exchange.remainders import Tree
from jupyter_wove.prompts.exchange.variables import asked, inputs_in, json_object, nodes_of
from jupyter_wove.prompts.format import Message, body_of, messages_of
from jupyter_wove.prompts.templates import Literal, Node, Section, Variable, escaped, walk

_CHAT = ["langchain", "prompts", "chat"]
_CLASSES = {
    "system": "SystemMessagePromptTemplate",
    "user": "HumanMessagePromptTemplate",
    "assistant": "AIMessagePromptTemplate",
}
_ROLES = {each: role for role, each in _CLASSES.items()}
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}\Z")
_UNESCAPED = re.compile(r"\{\{\{\s*([\w.]+)\s*\}\}\}|\{\{&\s*([\w.]+)\s*\}\}")


class LangChain:
    """Messages with a template each: f-strings, or Mustache, which can say more."""

    ending = ".json"
    media = "application/json"
    place: tuple[str, ...] = ("kwargs", "metadata", "x-wove")

    def read(self, text: str) -> Tree:
        """Read a template."""
        tree = json_object(text)
        self.check(tree)
        return tree

    def check(self, tree: Tree) -> None:
        """Refuse what is no template, or runs code."""
        path, inner = tree.get("id"), tree.get("kwargs")
        if not isinstance(path, list) or not path or path[-1] != "ChatPromptTemplate":
            raise InvalidRequest("This is no ChatPromptTemplate of LangChain, written as JSON.")
        if not isinstance(inner, dict) or not isinstance(inner.get("messages"), list):
            raise InvalidRequest("The template has no messages.")
        for each in inner["messages"]:
            if _prompt_in(each).get("template_format") == "jinja2":
                raise InvalidRequest("Templates of Jinja can run code. Write them as mustache.")

    def write(self, tree: Tree) -> str:
        """Write a template."""
        return msgspec.json.format(msgspec.json.encode(tree), indent=2).decode() + "\n"

    def ours(self, tree: Tree) -> Tree:
        """Take messages, and the values that are given already as defaults."""
        found = (_ours(each) for each in tree["kwargs"]["messages"])
        body = body_of([each for each in found if each])
        settings = asked(body)
        given = tree["kwargs"].get("partial_variables")
        for name, value in given.items() if isinstance(given, dict) else ():
            if isinstance(value, str) and name in settings.get("inputs", {}):
                settings["inputs"][name]["default"] = value
        return {"settings": settings, "body": body}

    def theirs(self, ours: Tree) -> Tree:
        """Write f-strings where they suffice."""
        messages, inputs = messages_of(ours["body"]), inputs_in(ours["settings"])
        given = {name: each["default"] for name, each in inputs.items() if _has_default(each)}
        names = {name for each in messages for name in _names(each)}
        arguments = {
            "input_variables": sorted(names - set(given)),
            "partial_variables": {name: given[name] for name in sorted(names & set(given))},
            "messages": [_theirs(each) for each in messages],
        }
        return _object([*_CHAT, "ChatPromptTemplate"], arguments, "ChatPromptTemplate")

    def wrap(self, beside: Tree) -> Any:
        """Keep our data as it is."""
        return beside

    def unwrap(self, found: Any) -> Tree:
        """Read our data."""
        return found if isinstance(found, dict) else {}


def _object(path: list[str], arguments: Tree, name: str = "") -> Tree:
    made = {"lc": 1, "type": "constructor", "id": path, "kwargs": arguments}
    return made | ({"name": name} if name else {})


def _has_default(wanted: Tree) -> bool:
    return isinstance(wanted.get("default"), str)


def _prompt_in(message: Any) -> Tree:
    match message:
        case {"kwargs": {"prompt": {"kwargs": dict(arguments)}}}:
            return arguments
    return {}


def _ours(message: Any) -> Message | None:
    match message:
        case {"id": [*_, "MessagesPlaceholder"], "kwargs": {"variable_name": str(name)}}:
            return Message("messages", name) if _NAME.match(name) else None
        case {"id": [*_, "ChatMessagePromptTemplate"], "kwargs": {"role": str(role)}}:
            return _message(role, message) if role in ("developer", "tool") else None
        case {"id": [*_, str(kind)]} if kind in _ROLES:
            return _message(_ROLES[kind], message)
    return None


def _message(role: str, message: Any) -> Message | None:
    match _prompt_in(message):
        case {"template": str(text), "template_format": "mustache"}:
            return Message(role, _UNESCAPED.sub(r"{{\1\2}}", text))
        case {"template": str(text)}:
            return Message(role, _from_f_string(text))
    return None


def _from_f_string(text: str) -> str:
    try:
        pieces = list(Formatter().parse(text))
    except ValueError as error:
        raise InvalidRequest(f"{text:.60} is no template of LangChain: {error}.") from error
    said: list[str] = []
    plain = ""
    for literal, name, _, _ in pieces:
        plain += literal
        if name is not None:
            said += [escaped(plain), "{{" + name + "}}"]
            plain = ""
    return "".join([*said, escaped(plain)])


def _theirs(message: Message) -> Tree:
    if message.role == "messages":
        return _object([*_CHAT, "MessagesPlaceholder"], {"variable_name": message.content})
    arguments: Tree = {"prompt": _prompt(message)}
    if message.role not in _CLASSES:
        arguments["role"] = message.role
    kind = _CLASSES.get(message.role, "ChatMessagePromptTemplate")
    return _object([*_CHAT, kind], arguments)


def _prompt(message: Message) -> Tree:
    nodes = nodes_of(message.content)
    plain = nodes is not None and all(map(_in_f_string, nodes))
    text = "".join(map(_f_string, nodes)) if nodes and plain else message.content
    arguments = {
        "input_variables": sorted(_names(message)),
        "template": text,
        "template_format": "f-string" if plain else "mustache",
    }
    return _object(
        ["langchain", "prompts", "prompt", "PromptTemplate"], arguments, "PromptTemplate"
    )


def _names(message: Message) -> set[str]:
    if message.role == "messages":
        return {message.content}
    nodes = walk(nodes_of(message.content) or ())
    return {
        node.path[0]
        for node, within in nodes
        if isinstance(node, Variable | Section) and node.path and not within
    }


def _in_f_string(node: Node) -> bool:
    if isinstance(node, Variable):
        return len(node.path) == 1 and not node.view and bool(_NAME.match(node.path[0]))
    return isinstance(node, Literal)


def _f_string(node: Node) -> str:
    if isinstance(node, Literal):
        return node.text.replace("{", "{{").replace("}", "}}")
    return "{" + node.path[0] + "}" if isinstance(node, Variable) else ""
