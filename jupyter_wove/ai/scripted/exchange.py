"""One request and its answer over HTTP/1.1, down to the bytes: as wrong as a script wants it."""

import asyncio
from collections.abc import AsyncIterator

import h11
import msgspec

READ = 65536  # bytes at a time
JSON = {"Content-Type": "application/json"}


class Gone(Exception):
    """Nobody listens any more."""


class Exchange:
    """A request that has come in, to be answered once."""

    def __init__(self, line: "Connection", request: h11.Request, body: bytes) -> None:
        self.line = line
        self.method = request.method.decode()
        self.path = request.target.decode()
        self.headers = {name.decode().lower(): value.decode() for name, value in request.headers}
        self.body = body

    async def answer(
        self, status: int, content: object, headers: dict[str, str] | None = None
    ) -> None:
        """Answer with JSON."""
        await self.begin(status, JSON | (headers or {}))
        await self.send(msgspec.json.encode(content))
        await self.end()

    async def begin(self, status: int, headers: dict[str, str]) -> None:
        """Send the head of the answer."""
        await self.line.say(h11.Response(status_code=status, headers=list(headers.items())))

    async def send(self, content: bytes) -> None:
        """Send a part of the answer at once."""
        await self.line.say(h11.Data(data=content))

    async def end(self) -> None:
        """Say that this was all."""
        await self.line.say(h11.EndOfMessage())

    def cut(self) -> None:
        """End the connection in the middle of whatever it is."""
        self.line.cut()


class Connection:
    """A connection with requests on it, one after the other."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._state = h11.Connection(h11.SERVER)

    async def exchanges(self) -> AsyncIterator[Exchange]:
        """Give each request with its body, until the other side has no more."""
        while isinstance(request := await self._next(), h11.Request):
            body = b""
            while isinstance(part := await self._next(), h11.Data):
                body += part.data
            yield Exchange(self, request, body)
            if self._state.our_state is not h11.DONE or self._state.their_state is not h11.DONE:
                return
            self._state.start_next_cycle()

    async def say(self, event: h11.Event) -> None:
        """Send an event now. Raises Gone where nobody listens."""
        if content := self._state.send(event):
            try:
                self._writer.write(content)
                await self._writer.drain()
            except ConnectionError as error:
                raise Gone from error

    def cut(self) -> None:
        """Reset the connection."""
        self._writer.transport.abort()

    def close(self) -> None:
        """End the connection in order."""
        self._writer.close()

    async def _next(self) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
        while (event := self._state.next_event()) is h11.NEED_DATA:
            self._state.receive_data(await self._reader.read(READ))
        return event
