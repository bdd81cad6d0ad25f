"""Prompts of Langfuse, as its API gives and takes them."""

from typing import Any

import msgspec

from jupyter_wove.kit.errors import InvalidRequest
from jupyter_wove.prompts.exchange.remainders import Tree
from jupyter_wove.prompts.exchange.variables import asked, called, fits, json_object
from jupyter_wove.prompts.format import Message, body_of, messages_of

ROLES = ("system", "developer", "user", "assistant", "tool")


class Langfuse:
    """A text, or the messages of a chat, in which `{{name}}` is an input."""

    ending = ".json"
    media = "application/json"
    place: tuple[str, ...] = ("config", "x-wove")

    def read(self, text: str) -> Tree:
        """Read a prompt."""
        tree = json_object(text)
        self.check(tree)
        return tree

    def check(self, tree: Tree) -> None:
        """Refuse what has no text and no messages."""
        if not isinstance(tree.get("prompt"), str | list):
            raise InvalidRequest("A prompt of Langfuse has its text or messages in `prompt`.")

    def write(self, tree: Tree) -> str:
        """Write a prompt."""
        return msgspec.json.format(msgspec.json.encode(tree), indent=2).decode() + "\n"

    def ours(self, tree: Tree) -> Tree:
        """Take text or messages, tags and the model."""
        prompt, config = tree["prompt"], tree.get("config")
        body = prompt if isinstance(prompt, str) else body_of(_messages(prompt))
        settings = called(tree["name"]) if isinstance(tree.get("name"), str) else {}
        model = config.get("model") if isinstance(config, dict) else None
        said = fits({"model": model, "tags": tree.get("tags")})
        settings |= {key: value for key, value in said.items() if value}
        return {"settings": settings | asked(body), "body": body}

    def theirs(self, ours: Tree) -> Tree:
        """Write a chat where somebody else than the user speaks, else a text."""
        settings, messages = ours["settings"], messages_of(ours["body"])
        text = body_of(messages) if [each.role for each in messages] == ["user"] else None
        model = settings.get("model")
        return {
            "name": settings["name"],
            "type": "chat" if text is None else "text",
            "prompt": [_theirs(each) for each in messages] if text is None else ours["body"],
            "config": {"model": model} if isinstance(model, str) and model else {},
            "labels": [],
            "tags": settings.get("tags", []),
        }

    def wrap(self, beside: Tree) -> Any:
        """Keep our data as it is."""
        return beside

    def unwrap(self, found: Any) -> Tree:
        """Read our data."""
        return found if isinstance(found, dict) else {}


def _messages(prompt: list[Any]) -> list[Message]:
    return [message for each in prompt if (message := _ours(each))]


def _ours(each: Any) -> Message | None:
    match each:
        case {"type": "placeholder", "name": str(name)}:
            return Message("messages", name)
        case {"role": str(role), "content": str(content)} if role in ROLES:
            return Message(role, content)
    return None


def _theirs(message: Message) -> Tree:
    if message.role == "messages":
        return {"type": "placeholder", "name": message.content}
    return {"role": message.role, "content": message.content}
