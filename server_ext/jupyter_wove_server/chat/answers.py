"""An answer on its way into a chat: letter by letter beside the message, whole at its end.

A message of jupyterlab-chat is one value: to write on it is to send all of it again, which for
4,000 words came to 60 MB for each who looked on. While it grows, an answer is a shared text.
"""

import asyncio
import time
from typing import TYPE_CHECKING, Any

from jupyter_ai_persona_manager import BasePersona
from jupyterlab_chat.models import Message, NewMessage
from pycrdt import Map, Text

from jupyter_wove_server.chat.document import ChatDocument

if TYPE_CHECKING:
    from jupyter_wove.ai import Binding, Packed, Usage

GROWING = "wove_streams"  # the name of the shared map: from ids of messages to texts
MOST_NAMED = 50  # steps, and parts that were left out
EVERY = 0.03  # seconds from one sending to the next


class Account:
    """What is said to people of an answer: what was shown to the model, and what it did."""

    def __init__(self) -> None:
        self.steps: list[str] = []
        self.suggested: dict[str, dict[str, None]] = {}  # cells, by the path of the notebook
        self.spent: list[Usage] = []
        self.needs_consent = False  # before anybody is asked who costs money
        self.tokens = 0  # of what was shown
        self.plan: dict[str, Any] | None = None  # that is carried out, and how far
        self.prompt = ""  # the version that the agent went by
        self.binding: Binding | None = None  # what a teacher allows
        self._seen: dict[str, Any] | None = None

    def saw(self, notebook: str, packed: "Packed") -> None:
        """Note what the model was shown of a notebook."""
        self.tokens = packed.tokens
        self._seen = {
            "notebook": notebook,
            "tokens": packed.tokens,
            "parts": [[each.name, each.tokens] for each in packed.account if each.is_in],
            "left_out": [each.name for each in packed.account if not each.is_in][:MOST_NAMED],
        }

    def metadata(self) -> dict[str, Any]:
        """Write it as our front end reads it."""
        told: dict[str, Any] = {"seen": self._seen} if self._seen else {}
        told |= {"did": self.steps[:MOST_NAMED]} if self.steps else {}
        told |= {"plan": self.plan} if self.plan else {}
        told |= {"consent": True} if self.needs_consent else {}
        told |= {"prompt": self.prompt} if self.prompt else {}
        told |= {"tutor": _tutor(self.binding)} if self.binding else {}
        suggested = {path: list(cells) for path, cells in self.suggested.items()}
        return told | ({"suggested": suggested} if suggested else {})


def _tutor(binding: "Binding") -> dict[str, Any]:
    return {"level": binding.level, "until": binding.until.isoformat()}


class Answer:
    """One message that a persona writes."""

    def __init__(self, persona: BasePersona) -> None:
        self.text = ""
        self.metadata: dict[str, Any] | None = None  # what else is told with it
        self._chat: Any = persona.chat
        self._persona = persona
        self.id: str | None = None  # of the message, once it begins
        self._growing: Text | None = None
        self._waiting = ""
        self._sending: asyncio.TimerHandle | None = None

    def add(self, piece: str) -> None:
        """Write on."""
        if not piece:
            return
        if self.id is None:
            self._begin()
        self.text += piece
        self._waiting += piece
        if self._sending is None:
            self._sending = asyncio.get_running_loop().call_later(EVERY, self._send)

    def show(self, metadata: dict[str, Any]) -> None:
        """Tell something beside the words while they are not there yet."""
        if isinstance(self._chat, ChatDocument):
            self._chat.tell(self.id or self._begin(), metadata)

    def end(self) -> None:
        """Make it a message like all others; nothing is left beside it."""
        if self._sending is not None:
            self._sending.cancel()
        if self.id is None:
            return
        if isinstance(self._chat, ChatDocument):
            with self._chat._ydoc.transaction():
                self._chat.finish(self.id, self.text, self.metadata)
                self._streams.pop(self.id, None)
        else:
            whole = Message(
                id=self.id,
                body=self.text,
                time=time.time(),
                sender=self._persona.id,
                raw_time=False,
                metadata=self.metadata,
            )
            self._chat.update_message(whole)

    def _begin(self) -> str:
        self.id = added = str(self._chat.add_message(NewMessage(body="", sender=self._persona.id)))
        if isinstance(self._chat, ChatDocument):
            self._streams[added] = self._growing = Text()
        return added

    @property
    def _streams(self) -> "Map[Any]":
        streams: Map[Any] = self._chat._ydoc.get(GROWING, type=Map)
        return streams

    def _send(self) -> None:
        self._sending = None
        waiting, self._waiting = self._waiting, ""
        if self._growing is not None:
            self._growing += waiting
