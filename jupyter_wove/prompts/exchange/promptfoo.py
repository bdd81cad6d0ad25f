"""Configurations of promptfoo: prompts, and the tests that they must pass."""

from typing import Any

import msgspec

from jupyter_wove.kit.errors import InvalidRequest
from jupyter_wove.prompts.exchange.langfuse import ROLES
from jupyter_wove.prompts.exchange.remainders import Tree
from jupyter_wove.prompts.exchange.variables import asked, fits
from jupyter_wove.prompts.format import Message, body_of, dump, load, messages_of


class Promptfoo:
    """The first prompt is the text, its tests are ours."""

    ending = ".promptfoo.yaml"
    media = "application/yaml"
    place: tuple[str, ...] = ("metadata", "x-wove")

    def read(self, text: str) -> Tree:
        """Read a configuration."""
        tree, _ = load(text.removeprefix("---\n"))
        self.check(tree)
        return tree

    def check(self, tree: Tree) -> None:
        """Refuse what has no prompt, or one that lies elsewhere."""
        if _first(tree).startswith("file://"):
            raise InvalidRequest("The prompt lies in another file. Put its text into `prompts`.")

    def write(self, tree: Tree) -> str:
        """Write a configuration."""
        return dump(tree)

    def ours(self, tree: Tree) -> Tree:
        """Take the first prompt, the first model, and the tests."""
        body, providers = _body(_first(tree)), tree.get("providers")
        settings: Tree = {key: tree[key] for key in ("description", "tests") if key in tree}
        if isinstance(providers, list) and providers:
            settings["model"] = providers[0]
        said = {key: value for key, value in fits(settings).items() if value}
        return {"settings": said | asked(body), "body": body}

    def theirs(self, ours: Tree) -> Tree:
        """Write one prompt, one model and the tests."""
        settings = ours["settings"]
        model = settings.get("model")
        return {
            "description": settings.get("description") or settings.get("title", settings["name"]),
            "prompts": [_prompt(ours["body"])],
            "providers": [model] if isinstance(model, str) and model else [],
            "tests": settings.get("tests", []),
        }

    def wrap(self, beside: Tree) -> Any:
        """Keep our data as it is."""
        return beside

    def unwrap(self, found: Any) -> Tree:
        """Read our data."""
        return found if isinstance(found, dict) else {}


def _first(tree: Tree) -> str:
    match tree.get("prompts"):
        case str(text) | [str(text), *_] | [{"raw": str(text)}, *_]:
            return text
        case [{"id": str(text)}, *_] if text.startswith("file://"):
            return text
    raise InvalidRequest("A configuration of promptfoo has the text of a prompt in `prompts`.")


def _body(text: str) -> str:
    """Take a chat, which promptfoo writes as JSON, as messages."""
    try:
        found = msgspec.json.decode(text, type=list[dict[str, str]])
    except msgspec.DecodeError:
        return text
    messages = [Message(each.get("role", ""), each.get("content", "")) for each in found]
    is_chat = all(set(each) == {"role", "content"} and each["role"] in ROLES for each in found)
    return body_of(messages) if messages and is_chat else text


def _prompt(body: str) -> str:
    messages = messages_of(body)
    if [each.role for each in messages] == ["user"] or any(
        each.role == "messages" for each in messages
    ):
        return body
    chat = [{"role": each.role, "content": each.content} for each in messages]
    return msgspec.json.format(msgspec.json.encode(chat), indent=2).decode()
