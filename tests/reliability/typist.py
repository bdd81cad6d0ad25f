"""Somebody who types in a room, as a browser does it: over the socket, in Yjs."""

import asyncio
import json

from pycrdt import (
    Decoder,
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
STORED, WELCOME, REFUSED, NOTICE = 100, 101, 102, 103


class Typist:
    """Edits one file together with others, within an `async with` block.

    With an `epoch` they say that they have something of that history.
    """

    def __init__(self, server, path, name="", kind="text:file", epoch="", headers=None):
        self.server = server
        self.path = path
        self.kind = kind
        self.epoch = epoch
        self.headers = headers or {}
        self.name = name or next(iter(server.tokens))
        self.token = server.tokens.get(self.name, "nobody")
        self.doc = Doc()
        self.is_synced = asyncio.Event()
        self.has_gone = asyncio.Event()
        self.told = []
        self.stored = 0  # how many of their changes are on disk
        self.sent = 0

    async def __aenter__(self):
        address = await self._address()
        headers = {"Authorization": f"token {self.token}"} | self.headers
        request = HTTPRequest(f"ws://127.0.0.1:{self.server.port}/{address}", headers=headers)
        self.socket = await websocket_connect(request)
        self._observed = self.doc.observe(self._send)
        self._listening = asyncio.create_task(self._listen())
        await self.socket.write_message(create_sync_message(self.doc), binary=True)
        await self._first(self.is_synced, self.has_gone)
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
        await self.until(lambda: str(self.text) == words, lambda: str(self.text))

    async def is_stored(self):
        """Wait until all that this person has typed is on the server's disk."""
        await self.until(lambda: self.stored >= self.sent, lambda: (self.stored, self.sent))

    async def until(self, true, found=lambda: None):
        """Wait until something is true."""
        until = asyncio.get_running_loop().time() + PATIENCE
        while not true():
            assert asyncio.get_running_loop().time() < until, found()
            await asyncio.sleep(0.02)

    async def sends(self, message):
        """Send something that need not be well-formed."""
        await self.socket.write_message(message, binary=True)

    @property
    def epoch_told(self):
        """Which history the server says this is."""
        return self.was_told(WELCOME)[0]["epoch"]

    def was_told(self, kind):
        """List what the server said in messages of this kind."""
        return [said for found, said in self.told if found == kind]

    async def _address(self):
        format_, type_ = self.kind.split(":")
        session = await asyncio.to_thread(
            self.server.ask,
            "PUT",
            f"api/collaboration/session/{self.path}",
            {"format": format_, "type": type_},
        )
        found = session.json
        room = f"{self.kind}:{found['fileId']}"
        self.stored_as = f"{type_}:{found['fileId']}"
        about = f"sessionId={found['sessionId']}&wove=1"
        if self.epoch:
            about += f"&epoch={self.epoch}"
        return f"api/collaboration/room/{room}?{about}"

    async def _first(self, *events):
        waiting = [asyncio.create_task(each.wait()) for each in events]
        done, rest = await asyncio.wait(
            waiting, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED
        )
        assert done
        for each in rest:
            each.cancel()

    async def _listen(self):
        while (message := await self.socket.read_message()) is not None:
            if message[0] == YMessageType.SYNC:
                await self._sync(message)
            elif message[0] == STORED:
                decoder = Decoder(message[1:])
                decoder.read_message()
                self.stored = decoder.read_var_uint()
            elif message[0] in (WELCOME, REFUSED, NOTICE):
                self.told.append((message[0], json.loads(Decoder(message[1:]).read_var_string())))
        self.has_gone.set()

    async def _sync(self, message):
        reply = handle_sync_message(message[1:], self.doc)
        if reply is not None:
            self.sent += 1
            await self.socket.write_message(reply, binary=True)
        if message[1] != 0:  # an answer, or news
            self.is_synced.set()

    def _send(self, event):
        if self.is_synced.is_set() and not self.has_gone.is_set():
            self.sent += 1
            self.socket.write_message(create_update_message(event.update), binary=True)
