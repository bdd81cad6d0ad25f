"""Which versions of other prompts a version is bound to, and putting it together with them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from jupyter_wove.accounts import AccountStore, Actor
from jupyter_wove.kit.errors import Conflict, InvalidRequest
from jupyter_wove.prompts.format import Input, Message, Prompt, messages_of, parse
from jupyter_wove.prompts.store import PUBLIC, PromptStore, number_of_row
from jupyter_wove.prompts.tables import PromptRow, PromptVersionRow
from jupyter_wove.prompts.templates import (
    Found,
    Include,
    Part,
    asked_for,
    parsed,
    put_together,
    walk,
)

Lock = dict[str, Any]  # the name as written -> {"version": its id, "said": ann/tone@2.1.0}


class Includes:
    """What prompts include, for somebody who may see it or not."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self.store = PromptStore(session)
        self.accounts = AccountStore(session)
        self.actor = actor

    def lock(self, row: PromptRow, prompt: Prompt) -> Lock:
        """Bind the names in a new version to what they mean now, and see that all can be read."""
        owner = self.accounts.person(row.owner_id).handle
        parsed(prompt.body)  # as a whole: what is wrong is said with its line
        lock = {name: self._entry(owner, name) for name in sorted(_names(prompt.body))}
        self.parts(self.said(row, None), prompt, lock)
        return lock

    def parts(
        self, said: str, prompt: Prompt, lock: Lock, *, lenient: bool = False
    ) -> list[tuple[Message, Part]]:
        """Put each message of a prompt together.

        Raises Conflict where it includes what is gone or hidden; a lenient one leaves that out.
        """
        find, inputs = self._finder(lock, lenient), prompt.header.inputs
        return [
            (each, put_together(Found(said, _template(each), inputs, find)))
            for each in messages_of(prompt.body)
        ]

    def said(self, row: PromptRow, version: PromptVersionRow | None) -> str:
        """Name a prompt for good: `ann/tone@2.1.0`."""
        name = f"{self.accounts.person(row.owner_id).handle}/{row.name}"
        return f"{name}@{number_of_row(version)}" if version else name

    def demand_public(self, lock: Lock) -> None:
        """Refuse to include what not everybody may see (Conflict)."""
        found = {entry["said"]: self._version(entry) for entry in lock.values()}
        hidden = [said for said, version in found.items() if not self._is_public(version)]
        if hidden:
            raise Conflict(f"It includes {', '.join(hidden)}. Publish that first.")

    def _version(self, entry: dict[str, str]) -> PromptVersionRow | None:
        return self.store.version(UUID(entry["version"]))

    def _is_public(self, version: PromptVersionRow | None) -> bool:
        if version is None:
            return False
        return self.store.session.get_one(PromptRow, version.prompt_id).visibility == PUBLIC

    def _entry(self, owner: str, name: str) -> dict[str, str]:
        address, _, which = name.partition("@")
        holder, _, prompt = address.rpartition("/")
        row = self.store.at_address(holder or owner, prompt)
        if row is None or not self.store.seen(self.actor, [row.id]):
            raise InvalidRequest(
                f"{{{{> {name}}}}}: there is no such prompt, or it is not shared."
            )
        store = self.store
        version = store.find(row.id, which) if which else store.preferred(row.id)
        return {"version": str(version.id), "said": self.said(row, version)}

    def _finder(self, lock: Lock, lenient: bool) -> Callable[[str], Found]:
        def find(name: str) -> Found:
            said, version = lock[name]["said"], self._version(lock[name])
            if version and self.store.seen(self.actor, [version.prompt_id]):
                prompt = parse(self.store.text(version.sha256))
                inner = self._finder(version.lock, lenient)
                return Found(said, prompt.body, prompt.header.inputs, inner)
            if lenient:
                return Found(said, "", {}, find)
            raise Conflict(f"It includes {said}, which is gone or not shared with you.")

        return find


def inputs_of(parts: list[tuple[Message, Part]]) -> dict[str, Input]:
    """Name what all messages together take."""
    nodes = tuple(node for _, part in parts for node in part.nodes)
    included = {name: each for _, part in parts for name, each in part.included.items()}
    return asked_for(Part(nodes, parts[0][1].inputs, included))


def _names(body: str) -> set[str]:
    nodes = (node for each in messages_of(body) for node, _ in walk(parsed(_template(each))))
    return {node.reference for node in nodes if isinstance(node, Include)}


def _template(message: Message) -> str:
    """Take what a message says; that of a conversation so far says nothing itself."""
    return "" if message.role == "messages" else message.content
