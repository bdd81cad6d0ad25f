"""Somebody in a chat, as a browser does it: messages go into a shared array."""

import time
from uuid import uuid4

from pycrdt import Array, Map

from tests.reliability.typist import Typist

WOVE = "jupyter-ai-personas::jupyter_wove_server::WovePersona"


class Chatter(Typist):
    """Talks in one chat, within an `async with` block; `skew` is what their clock is wrong by."""

    def __init__(self, server, path, name="", skew=0.0, **options):
        super().__init__(server, path, name, kind="text:chat", **options)
        self.skew = skew

    @property
    def username(self):
        """The name that Jupyter knows them by."""
        return self.name.lower()

    async def __aenter__(self):
        await super().__aenter__()
        who = {"username": self.username, "name": self.name, "display_name": self.name}
        self.doc.get("users", type=Map)[self.username] = who
        return self

    @property
    def messages(self):
        """The messages as this person sees them."""
        return self.doc.get("messages", type=Array).to_py() or []

    @property
    def answers(self):
        """The messages of the persona."""
        return [each for each in self.messages if each["sender"] == WOVE]

    @property
    def growing(self):
        """The answers that are being written, by the id of their message."""
        streams = self.doc.get("wove_streams", type=Map)
        return {name: str(streams[name]) for name in streams}

    def says(self, text, to=WOVE, sender=None, more=None):
        """Send a message; return its id."""
        message = {
            "type": "msg",
            "body": text,
            "id": str(uuid4()),
            "time": time.time() + self.skew,
            "sender": sender or self.username,
            "raw_time": True,
            "mentions": [],
            "metadata": ({"to_persona": to} if to else {}) | (more or {}),
        }
        self.doc.get("messages", type=Array).append(Map(message))
        return message["id"]

    async def hears(self, count=1):
        """Wait until so many answers are there and whole."""
        await self.until(
            lambda: len(self.answers) >= count and not self.growing,
            lambda: (len(self.answers), self.growing),
        )
        return self.answers
