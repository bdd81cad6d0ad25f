"""A chat as a shared document: no message is lost, doubled or sent in somebody else's name."""

import json
import re
import time
from collections.abc import Callable
from dataclasses import asdict, fields
from typing import Any
from uuid import uuid4

from jupyterlab_chat.models import (
    ChatMessageAction,
    ChatMessageEvent,
    Message,
    MessageObserver,
    NewMessage,
    message_asdict_factory,
)
from jupyterlab_chat.utils import find_mentions
from jupyterlab_chat.ychat import YChat
from pycrdt import ArrayEvent, Map, MapEvent

from jupyter_wove_server.rooms.authors import NOBODY, Author

SAFE = "application/vnd.wove.answer+markdown"
# Pictures, HTML, and diagrams, which have pictures of their own; also where these are disguised.
REACHES_OUT = re.compile(r"!\[|<[a-z/!?]|mermaid|(?:`{3}|~{3})[^\n]*[&\\]", re.IGNORECASE)
FIELDS = {field.name for field in fields(Message)}
WORDS = {"body", "deleted"}  # of a message: what somebody changes who corrects or deletes it
REMEMBERED = 1000  # messages whose authors are known, until they are answered


class ChatDocument(YChat):
    """The chat of jupyterlab-chat, mended where several people write at the same time.

    There, a message gets the server's time by being taken out and put in again, at a place that
    is wrong by then if others came meanwhile. Here it gets it where it stands.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        self.whose: Callable[[], Author] = lambda: NOBODY  # what is changed just now
        self.room = ""  # in which it is open; unlike its own id, nobody can choose it
        self.is_shared = False  # by people who need not trust each other
        self.hear_changed: Callable[[str], None] = lambda message: None  # or deleted, by a person
        self._authors: dict[str, Author] = {}
        self._places: dict[str, int] | None = None
        super().__init__(*args, **options)  # type: ignore[no-untyped-call]
        self._changes = self._ymessages.observe_deep(self._tell_changed)

    def unobserve(self) -> None:
        """Look at nothing any more."""
        super().unobserve()
        self._ymessages.unobserve(self._changes)

    def set(self, value: str) -> None:
        """Take over a file, of which nobody knows who wrote it: it may run nothing."""
        super().set(_without_trust(value))

    def say(self, body: str, sender: str, metadata: dict[str, Any]) -> None:
        """Add a message of a persona's, with what else our front end shows of it."""
        with self._ydoc.transaction():
            message = self.add_message(NewMessage(body=body, sender=sender))
            self.finish(message, body, metadata)

    def author_of(self, message: str) -> Author | None:
        """Tell who sent a message of late; None where that was before this server began."""
        return self._authors.get(message)

    def last(self, count: int) -> list[Message]:
        """Read the newest messages, oldest first."""
        start = max(0, len(self._ymessages) - count)
        parts = (self._ymessages[number] for number in range(start, len(self._ymessages)))
        return [found for part in parts if (found := _read(part)) is not None]

    def finish(self, message: str, body: str, metadata: dict[str, Any] | None = None) -> None:
        """Write what a model says, whose message was begun of late: the newest are looked at."""
        shown = {"mime_model": {"data": {SAFE: body}}} if could_reach_out(body) else {}
        self._renew(message, {"body": body} | shown | ({"metadata": metadata} if metadata else {}))

    def tell(self, message: str, metadata: dict[str, Any]) -> None:
        """Write what is told beside the words of such a message."""
        self._renew(message, {"metadata": metadata})

    def _renew(self, message: str, news: dict[str, Any]) -> None:
        for number in reversed(range(len(self._ymessages))):
            part = self._ymessages[number]
            if _id(part) == message:
                part.update(news)
                return

    def add_message(
        self, new_message: NewMessage, trigger_actions: list[Callable[..., Any]] | None = None
    ) -> str:
        """Add a message behind all others; return its id."""
        message = Message(**asdict(new_message), time=time.time(), id=str(uuid4()), raw_time=False)
        for act in [find_mentions] if trigger_actions is None else trigger_actions:
            act(message, self)
        with self._ydoc.transaction():
            self._ymessages.append(Map(asdict(message, dict_factory=message_asdict_factory)))
        return message.id

    def observe_messages(self, callback: Callable[[ChatMessageEvent], None]) -> MessageObserver:
        """Have each new message told once."""
        told = {_id(each) for each in self._get_messages()}

        def tell(event: ArrayEvent) -> None:
            for message in _inserted(event):
                if not self.dirty and message.id not in told:
                    callback(self._event(message))
                told.add(message.id)

        return MessageObserver(_handle=self._ymessages.observe(tell))

    def _event(self, message: Message) -> ChatMessageEvent:
        author = self._note_author(message.id)
        message.time = time.time()  # the browser's may be wrong, or that of yesterday
        if author.username and self.is_shared:
            message.sender = author.username
        action = (
            ChatMessageAction.CLIENT_MSG_RECEIVED
            if author.person
            else ChatMessageAction.SERVER_MSG_SENT
        )
        return ChatMessageEvent(action=action, message=message)

    def _note_author(self, message: str) -> Author:
        author = self.whose()
        if author.person:
            self._authors[message] = author
            if len(self._authors) > REMEMBERED:
                del self._authors[next(iter(self._authors))]
        return author

    def _tell_changed(self, events: list[Any]) -> None:
        if self.whose().person:
            for message in filter(None, map(_reworded, events)):
                self.hear_changed(message)

    def _on_messages_change(self, event: ArrayEvent) -> None:
        self._places = None  # found again when somebody asks
        if self.dirty:
            return
        author, now = self.whose(), time.time()
        parts = [part for part in _parts(event) if isinstance(part, Map)]
        if wrong := [(part, news) for part in parts if (news := self._mended(part, author, now))]:
            self._schedule_callback(self._mend, wrong)

    @property
    def _indexes_by_id(self) -> dict[str, int]:
        """Where each message stands."""
        if self._places is None:
            listed = enumerate(self._get_messages())
            self._places = {_id(message): number for number, message in listed}
        return self._places

    @_indexes_by_id.setter
    def _indexes_by_id(self, places: dict[str, int]) -> None:
        self._places = places

    def _mended(self, part: Any, author: Author, now: float) -> dict[str, Any]:
        news: dict[str, Any] = {}
        if part.get("raw_time", True):
            news |= {"time": now, "raw_time": False}
        if self.is_shared and author.username not in {"", part.get("sender")}:
            news["sender"] = author.username
        return news

    def _mend(self, wrong: list[tuple[Any, dict[str, Any]]]) -> None:
        with self._ydoc.transaction():
            for part, news in wrong:
                if _id(part):  # else it is gone by now
                    part.update(news)


def could_reach_out(body: str) -> bool:
    """Tell whether Markdown could show more than text: pictures, or HTML of any kind.

    Where it could, our front end draws it without anything that lies elsewhere.
    """
    return REACHES_OUT.search(body) is not None


def _without_trust(value: str) -> str:
    try:
        content = json.loads(value)
    except ValueError:
        return value  # upstream says what it thinks of that
    messages = content.get("messages") if isinstance(content, dict) else None
    for message in messages if isinstance(messages, list) else ():
        shown = message.get("mime_model") if isinstance(message, dict) else None
        if isinstance(shown, dict):
            shown.pop("trusted", None)
    return json.dumps(content)


def _inserted(event: ArrayEvent) -> list[Message]:
    return [found for part in _parts(event) if (found := _read(part)) is not None]


def _reworded(event: Any) -> str:
    """Tell whose words an event changes; nothing where it changes none."""
    is_of_words = isinstance(event, MapEvent) and WORDS & event.keys.keys()  # type: ignore[attr-defined]
    return _id(event.target) if is_of_words else ""


def _parts(event: Any) -> list[Any]:
    return [part for change in event.delta for part in change.get("insert", ())]


def _id(part: Any) -> str:
    """Read what a message is called; nothing where somebody sent something else."""
    found = part.get("id") if isinstance(part, Map | dict) else None
    return found if isinstance(found, str) else ""


def _read(part: Any) -> Message | None:
    """Read a message; None where what somebody sent is none."""
    content = part.to_py() if isinstance(part, Map) else part
    if not isinstance(content, dict):
        return None
    texts = (content.get(name) for name in ("body", "id", "sender"))
    if not all(isinstance(text, str) for text in texts):
        return None
    known = {name: value for name, value in content.items() if name in FIELDS}
    return Message(**{"time": time.time(), **known})
