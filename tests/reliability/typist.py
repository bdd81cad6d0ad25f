"""Somebody who types in a room, as a browser does it: over the socket, in Yjs."""

import asyncio

from pycrdt import (
    Doc,
    Text,
    YMessageType,
    create_sync_message,
    create_update_message,
    handle_sync_message,
)
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

PATIENCE = 20.0  # seconds


class Typist:
    """Edits one text file together with others, within an `async with` block."""

    def __init__(self, server, path, name=""):
        self.server = server
        self.path = path
        self.token = server.tokens[name or next(iter(server.tokens))]
        self.doc = Doc()
        self.is_synced = asyncio.Event()

    async def __aenter__(self):
        socket = f"ws://127.0.0.1:{self.server.port}/{await self._address()}"
        request = HTTPRequest(socket, headers={"Authorization": f"token {self.token}"})
        self.socket = await websocket_connect(request)
        self._observed = self.doc.observe(self._send)
        self._listening = asyncio.create_task(self._listen())
        await self.socket.write_message(create_sync_message(self.doc), binary=True)
        await asyncio.wait_for(self.is_synced.wait(), PATIENCE)
        return self

    async def __aexit__(self, *_):
        self.doc.unobserve(self._observed)
        self._listening.cancel()
        self.socket.close()

    @property
    def text(self):
        """The text as this person sees it."""
        return self.doc.get("source", type=Text)

    def types(self, words):
        """Write at the end."""
        text = self.text
        text += words

    async def sees(self, words):
        """Wait until the text is this."""
        until = asyncio.get_running_loop().time() + PATIENCE
        while str(self.text) != words:
            assert asyncio.get_running_loop().time() < until, str(self.text)
            await asyncio.sleep(0.02)

    async def _address(self):
        session = await asyncio.to_thread(
            self.server.ask,
            "PUT",
            f"api/collaboration/session/{self.path}",
            {"format": "text", "type": "file"},
        )
        found = session.json
        room = f"text:file:{found['fileId']}"
        return f"api/collaboration/room/{room}?sessionId={found['sessionId']}"

    async def _listen(self):
        while (message := await self.socket.read_message()) is not None:
            if message[0] == YMessageType.SYNC:
                reply = handle_sync_message(message[1:], self.doc)
                if reply is not None:
                    await self.socket.write_message(reply, binary=True)
                if message[1] != 0:  # an answer, or news
                    self.is_synced.set()

    def _send(self, event):
        if not self.is_synced.is_set():
            return
        self.socket.write_message(create_update_message(event.update), binary=True)
