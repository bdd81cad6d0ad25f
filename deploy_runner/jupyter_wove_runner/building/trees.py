"""Folders of files on their way into sandboxes and out of them."""

import asyncio
import hashlib
import io
import tarfile
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing
from pathlib import Path
from typing import IO

from jupyter_wove.kit.archives import Limits
from jupyter_wove.kit.errors import NotFound, TooLarge
from jupyter_wove_runner.building.threads import to_its_end, unpack
from jupyter_wove_runner.containers import Container

PIECE = 1024 * 1024  # bytes
PERSON = 1000  # who owns files in a sandbox
LARGEST_FILE = 16 * 1024 * 1024  # that is read whole


def digest(folder: Path) -> str:
    """Give the same for the same files by the same names, and for no others."""
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        whole.update(path.relative_to(folder).as_posix().encode(errors="surrogateescape") + b"\0")
        with path.open("rb") as file:
            whole.update(hashlib.file_digest(file, "sha256").digest())
    return whole.hexdigest()


def tar(files: Mapping[str, bytes]) -> bytes:
    """Pack a few files, and folders by names with a slash, as they are owned in a sandbox."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, content in files.items():
            archive.addfile(_header(name, len(content)), io.BytesIO(content))
    return packed.getvalue()


async def put(container: Container, folder: Path, name: str) -> None:
    """Put a folder into a sandbox, by a name below the root."""
    with tempfile.TemporaryFile() as file:
        await to_its_end(_pack, folder, name, file)
        await container.put("/", _pieces(file))


def _pack(folder: Path, name: str, file: IO[bytes]) -> None:
    with tarfile.open(fileobj=file, mode="w") as archive:
        for path in sorted(folder.rglob("*")):
            archive.add(path, f"{name}/{path.relative_to(folder)}", recursive=False, filter=_owned)
    file.seek(0)


def _owned(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """Let only files and folders through; which of them may be run stays as it was."""
    if not (member.isfile() or member.isdir()):
        return None
    mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
    return member.replace(uid=PERSON, gid=PERSON, uname="", gname="", mode=mode, deep=False)


async def _pieces(file: IO[bytes]) -> AsyncIterator[bytes]:
    while piece := await asyncio.to_thread(file.read, PIECE):
        yield piece


async def read(container: Container, path: str) -> bytes:
    """Read one file out of a sandbox. Raises NotFound, TooLarge."""
    packed = io.BytesIO()
    async with aclosing(container.archive(path)) as pieces:  # type: ignore[type-var]
        async for piece in pieces:
            packed.write(piece)
            if packed.tell() > LARGEST_FILE:
                raise TooLarge(f"{path} is larger than {LARGEST_FILE // PIECE} MB.")
    packed.seek(0)
    with tarfile.open(fileobj=packed) as archive:
        member = archive.next()
        found = archive.extractfile(member) if member and member.isfile() else None
        if found is None:
            raise NotFound(f"There is no file {path}.")
        return found.read()


async def take(container: Container, path: str, into: Path, limits: Limits) -> None:
    """Take a folder out of a sandbox, into a new one. Raises what `extract` raises, NotFound."""
    packed = into.with_name(f"{into.name}.tar")
    try:
        await _save(container, path, packed, limits)
        await unpack(packed, into, limits, strip=True)
    finally:
        packed.unlink(missing_ok=True)


async def _save(container: Container, path: str, packed: Path, limits: Limits) -> None:
    size = 0
    with packed.open("wb") as file:
        async with aclosing(container.archive(path)) as pieces:  # type: ignore[type-var]
            async for piece in pieces:
                size += await asyncio.to_thread(file.write, piece)
                if size > 2 * limits.total:
                    raise TooLarge(f"{path} holds more than {limits.total // PIECE} MB.")


def _header(name: str, size: int) -> tarfile.TarInfo:
    header = tarfile.TarInfo(name)
    header.size, header.mode = size, 0o644
    if name.endswith("/"):
        header.type, header.mode = tarfile.DIRTYPE, 0o755
    header.uid = header.gid = PERSON
    return header
