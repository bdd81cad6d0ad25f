"""Request bodies, taken in piece by piece and never beyond their limit."""

import asyncio
import shutil
import tempfile
from email.message import Message
from pathlib import Path

from tornado.httputil import HTTPServerRequest

from jupyter_wove.kit.contract import Upload
from jupyter_wove.kit.errors import BadRequest, TooLarge

BUFFER = 1024 * 1024  # bytes written to the disk at a time
SECONDS_FOR_JSON, SECONDS_FOR_UPLOAD = 60, 3600


class Body:
    """The bytes of one request, in memory."""

    seconds = SECONDS_FOR_JSON

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self.whole = False
        self.content = bytearray()

    def announce(self, request: HTTPServerRequest) -> None:
        """Refuse a body that says itself that it is too large. Raises TooLarge."""
        length = request.headers.get("Content-Length", "0")
        if length.isdecimal() and int(length) > self.limit:
            raise self._too_large()

    async def take(self, chunk: bytes) -> None:
        """Take the next piece. Raises TooLarge."""
        self.size += len(chunk)
        if self.size > self.limit:
            raise self._too_large()
        self.content += chunk

    def forget(self) -> None:
        """Free what the body took."""
        self.content = bytearray()

    def _too_large(self) -> TooLarge:
        return TooLarge(f"The request is larger than the {self.limit:,} bytes that are allowed.")


class SpooledBody(Body):
    """The bytes of one request, in a temporary file."""

    seconds = SECONDS_FOR_UPLOAD

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.folder = Path(tempfile.mkdtemp(prefix="wove-upload-"))
        self.file = self.folder / "upload"

    async def take(self, chunk: bytes) -> None:
        """Take the next piece, and write to the disk what has gathered."""
        await super().take(chunk)
        if len(self.content) >= BUFFER:
            await self._write()

    async def upload(self, request: HTTPServerRequest) -> Upload:
        """Write the rest and say what came."""
        await self._write()
        media = request.headers.get("Content-Type", "application/octet-stream")
        if media.startswith("multipart/"):
            raise BadRequest("Send the file itself as the body of the request, not as a form.")
        return Upload(self.file, self.size, _filename(request), media.partition(";")[0].strip())

    def forget(self) -> None:
        """Remove the file."""
        super().forget()
        shutil.rmtree(self.folder, ignore_errors=True)

    async def _write(self) -> None:
        content, self.content = bytes(self.content), bytearray()
        await asyncio.to_thread(_append, self.file, content)


def _append(file: Path, content: bytes) -> None:
    with file.open("ab") as stream:
        stream.write(content)


def _filename(request: HTTPServerRequest) -> str:
    """Read the name of the file, without any folder, off the header `Content-Disposition`."""
    message = Message()
    message["Content-Disposition"] = request.headers.get("Content-Disposition", "attachment")
    return (message.get_filename() or "").replace("\\", "/").rpartition("/")[2]
