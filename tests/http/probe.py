"""Operations that exist for these tests alone: they use all that the contract offers."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from typing import Annotated, Any, ClassVar

import msgspec

from jupyter_wove.accounts import Actor
from jupyter_wove.kit.contract import IfMatch, Numbered, Raw, Routes, Upload
from jupyter_wove.kit.correlation import request_id
from jupyter_wove.kit.errors import NotFound, PreconditionFailed, TooManyRequests


class Note(msgspec.Struct, forbid_unknown_fields=True):
    text: Annotated[str, msgspec.Meta(max_length=100)]


class Stored(msgspec.Struct):
    text: str
    revision: int


class Started(msgspec.Struct):
    location: str
    request_id: str


class Received(msgspec.Struct):
    size: int
    filename: str
    media: str
    start: str
    path: str


class Tree(msgspec.Struct):
    value: Any


class Probe:
    """What the tests can ask of the transport."""

    done = 0
    closed = threading.Event()
    served: ClassVar[list[int]] = []

    def note(self, actor: Actor) -> Stored:
        """Give a note that has a revision."""
        return Stored("hello", 7)

    def put_note(self, actor: Actor, body: Note, if_match: IfMatch) -> Stored:
        """Replace the note."""
        if if_match not in {"7", "*"}:
            raise PreconditionFailed("The note has changed. Read it again.")
        return Stored(body.text, 8)

    def echo(self, actor: Actor, body: Note) -> Note:
        return body

    def tree(self, actor: Actor, body: Tree) -> None:
        """Take any JSON."""

    def at(self, actor: Actor, path: str, limit: int = 5, tags: list[str] | None = None) -> Tree:
        return Tree([path, limit, tags])

    def number(self, actor: Actor, number: int) -> Tree:
        return Tree(number)

    def start(self, actor: Actor) -> Started:
        Probe.done += 1
        return Started("/wove/api/probe/started/1", request_id.get())

    def secret(self, actor: Actor) -> Tree:
        Probe.done += 1
        return Tree(Probe.done)

    def receive(self, actor: Actor, upload: Upload, part: int = 1) -> Received:
        with upload.path.open("rb") as stream:
            start = stream.read(8).decode()
        return Received(upload.size, upload.filename, upload.media, start, str(upload.path))

    def download(self, actor: Actor, whole: bool = False) -> Raw:
        content = b"<script>alert(1)</script>" if whole else _Pieces()
        return Raw(content, "text/html", 'ä "b".html', "abc")

    def broken(self, actor: Actor, after: int = 1) -> Raw:
        return Raw(_broken_pieces(after), "application/octet-stream", "broken")

    def crash(self, actor: Actor) -> None:
        raise RuntimeError("postgresql://wove:canary-password@db/wove")

    def fill(self, actor: Actor) -> None:
        raise OSError(28, "No space left on device", "/secret/place")

    def wait(self, actor: Actor) -> None:
        raise TooManyRequests("Slow down.", 7)

    def count(
        self, actor: Actor, last_event_id: str | None = None
    ) -> AsyncIterator[Numbered[int]]:
        """Count to five, going on after the last number that was heard."""
        return _count(int(last_event_id or 0))

    def forever(self, actor: Actor) -> AsyncIterator[int]:
        return _forever()

    def silence(self, actor: Actor) -> AsyncIterator[int]:
        return _silence()

    def refused(self, actor: Actor) -> AsyncIterator[int]:
        raise NotFound("There is no such stream.")

    def breaks(self, actor: Actor) -> AsyncIterator[int]:
        return _breaks()


class _Pieces:
    """A file, as it were."""

    def __iter__(self) -> Iterator[bytes]:
        return (b"%d" % number * 100_000 for number in range(3))

    def close(self) -> None:
        Probe.closed.set()


def _broken_pieces(after: int) -> Iterator[bytes]:
    for _ in range(after):
        yield b"x" * 100_000
    raise RuntimeError("canary-password")


async def _count(start: int) -> AsyncIterator[Numbered[int]]:
    for number in range(start + 1, 6):
        yield Numbered(str(number), number)


async def _forever() -> AsyncIterator[int]:
    try:
        for number in range(1_000_000):
            Probe.served.append(number)
            yield number
            await asyncio.sleep(0.01)
    finally:
        Probe.closed.set()


async def _silence() -> AsyncIterator[int]:
    try:
        await asyncio.sleep(3600)
        yield 1
    finally:
        Probe.closed.set()


async def _breaks() -> AsyncIterator[int]:
    yield 1
    raise RuntimeError("canary-password")


routes = Routes("/wove/api/probe", Probe)
routes.get("/note", Probe.note, scope="account:read")
routes.put("/note", Probe.put_note, scope="account:write", limit=2000)
routes.post("/echo", Probe.echo, scope="account:write")
routes.post("/tree", Probe.tree, scope="account:write")
routes.get("/at/{path:path}", Probe.at, scope="account:read")
routes.get("/number/{number}", Probe.number, scope="account:read")
routes.post("/start", Probe.start, scope="account:write", status=202)
routes.post("/secret", Probe.secret, scope="account:write", secret=True)
routes.post("/upload", Probe.receive, scope="projects:write", limit=3_000_000)
routes.get("/download", Probe.download, scope="account:read")
routes.get("/broken", Probe.broken, scope="account:read")
routes.get("/crash", Probe.crash, scope="account:read")
routes.get("/fill", Probe.fill, scope="account:read")
routes.get("/wait", Probe.wait, scope="account:read")
routes.get("/count", Probe.count, scope="account:read")
routes.get("/forever", Probe.forever, scope="account:read")
routes.get("/silence", Probe.silence, scope="account:read")
routes.get("/refused", Probe.refused, scope="account:read")
routes.get("/breaks", Probe.breaks, scope="account:read")
