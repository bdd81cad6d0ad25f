"""Large contents, stored once each under their sha256, and checked whenever they are read."""

import hashlib
import hmac
import io
import os
import re
import secrets
import tempfile
from pathlib import Path
from typing import BinaryIO

from jupyter_wove.kit.errors import NotFound, Unavailable
from jupyter_wove.kit.files import durable, sync_folder

CHUNK = 1 << 20
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Blobs:
    """A content-addressed store in a folder: `ab/abcdef…` holds the bytes with that sha256."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def put(self, stream: BinaryIO) -> str:
        """Store all that `stream` still gives; return its digest once it is safe on disk."""
        digest = hashlib.sha256()
        handle, name = tempfile.mkstemp(prefix=".wove-", suffix=".tmp", dir=self.folder)
        try:
            with os.fdopen(handle, "wb") as file:
                while chunk := stream.read(CHUNK):
                    digest.update(chunk)
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            self._keep(Path(name), self.path(digest.hexdigest()))
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        return digest.hexdigest()

    def open(self, digest: str) -> BinaryIO:
        """Read a content as a stream; its end raises Unavailable if the bytes were damaged."""
        try:
            file = self.path(digest).open("rb", buffering=0)
        except FileNotFoundError:
            raise NotFound("The content of this file is not in the store.") from None
        return io.BufferedReader(_Verified(file, digest), CHUNK)

    def path(self, digest: str) -> Path:
        """Say where a content lies; raise NotFound if this is no digest."""
        if not _DIGEST.fullmatch(digest):
            raise NotFound("The content of this file is not in the store.")
        return self.folder / digest[:2] / digest

    def holds(self, digest: str) -> bool:
        """Tell whether a content is here."""
        return self.path(digest).is_file()

    def seal(self, statement: str) -> str:
        """Sign a statement, so that the store knows its own words again when it reads them."""
        return hmac.new(self._key(), statement.encode(), "sha256").hexdigest()

    def _keep(self, source: Path, target: Path) -> None:
        if not target.parent.is_dir():
            target.parent.mkdir(exist_ok=True)
            sync_folder(self.folder)
        # Also over an equal file: storing a content again mends a damaged copy.
        source.replace(target)
        sync_folder(target.parent)

    def _key(self) -> bytes:
        path = self.folder / "key"
        if not path.exists():
            self._make_key(path)
        return path.read_bytes()

    def _make_key(self, path: Path) -> None:
        fresh = path.with_name(f"key-{secrets.token_hex(8)}")
        with durable(fresh, mode=0o600) as file:
            file.write(secrets.token_bytes(32))
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass  # another process was first; its key counts
        finally:
            fresh.unlink()
        sync_folder(self.folder)


class _Verified(io.RawIOBase):
    """A file that is hashed while it is read, and complains at its end."""

    def __init__(self, file: io.FileIO, digest: str) -> None:
        self._file = file
        self._wanted = digest
        self._seen = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        count = self._file.readinto(buffer)
        self._seen.update(memoryview(buffer)[:count])
        if count == 0 and self._seen.hexdigest() != self._wanted:
            raise Unavailable("The stored content of this file is damaged: restore a backup.")
        return count

    def close(self) -> None:
        self._file.close()
        super().close()
