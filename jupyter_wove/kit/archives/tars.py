"""Reads tar archives, plain or compressed, as one stream that is never held as a whole."""

import bz2
import gzip
import lzma
import tarfile
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from jupyter_wove.kit.archives.limits import Limits, may_count, may_grow
from jupyter_wove.kit.archives.tree import Member
from jupyter_wove.kit.errors import BadRequest, TooLarge
from jupyter_wove.kit.paths import shown

CHUNK = 256 * 1024
BLOCK = 512
_NOTE_BYTES = 64 * 1024
_LENGTH_DIGITS = 5
_SIZE_DIGITS = 18
_XZ_MEMORY = 40 * 1024 * 1024
_SILENT = {tarfile.XGLTYPE, tarfile.GNUTYPE_LONGLINK}
_NOTES = {tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME} | _SILENT
_FILES = {tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE}


class Readable(Protocol):
    """What gives bytes from its start to its end."""

    def read(self, size: int, /) -> bytes:
        """Give at most `size` bytes; none at the end."""
        ...


def members(file: BinaryIO, limits: Limits) -> Iterator[Member]:
    """Give the members in their order; each must be read before the next is asked for."""
    stream = _Stream(_decoded(file), limits, file.seek(0, 2))
    file.seek(0)
    name, size, headers = "", -1, 0
    while header := _header(stream):
        headers += 1
        may_count(limits, headers // 3)
        if header.type in _NOTES:
            told = _told(header, stream.exactly(_note_size(header)))
            stream.skip(-header.size % BLOCK)
            name, size = told.get("path", name), _size(told.get("size", str(size)))
            continue
        yield from _member(header, name or header.name, size, stream)
        name, size = "", -1


def _member(header: tarfile.TarInfo, name: str, size: int, stream: "_Stream") -> Iterator[Member]:
    """Give one file or folder; refuse everything else a tar can hold."""
    size = header.size if size < 0 else size
    if not (header.type in _FILES or header.isdir()):
        raise BadRequest(f"{shown(name)} is a link or a device; only files and folders are taken.")
    if size < 0 or (header.isdir() and size):
        raise BadRequest(f"{shown(name)} has a size that cannot be.")
    folder = header.isdir() or name.endswith("/")
    yield Member(name, folder, size, stream.chunks(size))
    stream.skip(-size % BLOCK + (size if folder else 0))


def _header(stream: "_Stream") -> tarfile.TarInfo | None:
    """Read the next header; give None at the end, which is a block of zeros or nothing at all."""
    block = stream.upto(BLOCK)
    if not block.strip(b"\0"):
        return None
    try:
        return tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except tarfile.HeaderError as error:
        raise BadRequest("The file is not a zip or tar archive, or it is damaged.") from error


def _note_size(header: tarfile.TarInfo) -> int:
    if not 0 <= header.size <= _NOTE_BYTES:
        raise TooLarge(f"The archive has a note of more than {_NOTE_BYTES:,} bytes about a file.")
    return header.size


def _told(header: tarfile.TarInfo, note: bytes) -> dict[str, str]:
    """Read what a note says about the next member's name and size."""
    if header.type in _SILENT:
        return {}
    if header.type == tarfile.GNUTYPE_LONGNAME:
        return {"path": note.rstrip(b"\0").decode("utf-8", "surrogateescape")}
    told = dict(_records(note))
    if any(key.startswith("GNU.sparse") for key in told):
        raise BadRequest("The archive holds a sparse file; make it without sparse files.")
    return told


def _records(note: bytes) -> Iterator[tuple[str, str]]:
    """Read the records of a pax note: `<length> <key>=<value>` and a line end."""
    while note:
        digits, _, _ = note.partition(b" ")
        length = int(digits) if digits.isdigit() and len(digits) <= _LENGTH_DIGITS else 0
        record = note[len(digits) + 1 : length]
        key, equals, value = record.partition(b"=")
        if not equals or not value.endswith(b"\n") or length > len(note):
            raise BadRequest("The archive is a damaged tar: a note about a file cannot be read.")
        yield key.decode("utf-8", "replace"), value[:-1].decode("utf-8", "surrogateescape")
        note = note[length:]


def _size(text: str) -> int:
    if text == "-1":
        return -1
    if not (text.isascii() and text.isdigit() and len(text) <= _SIZE_DIGITS):
        raise BadRequest("The archive is a damaged tar: a size in it is not a number.")
    return int(text)


class _Stream:
    """The tar inside its compression; counts every byte, also those that are skipped."""

    def __init__(self, source: Readable, limits: Limits, packed: int) -> None:
        self._source = source
        self._limits = limits
        self._packed = packed
        self._read = 0

    def upto(self, size: int) -> bytes:
        """Read `size` bytes, or fewer at the end of the file."""
        data = b""
        while len(data) < size and (more := self._source.read(size - len(data))):
            data += more
        self._read += len(data)
        may_grow(self._limits, self._read - self._limits.files * BLOCK * 3, self._packed)
        return data

    def exactly(self, size: int) -> bytes:
        """Read `size` bytes; refuse an archive that ends before."""
        data = self.upto(size)
        if len(data) < size:
            raise BadRequest("The archive is cut off; make it again.")
        return data

    def chunks(self, size: int) -> Iterator[bytes]:
        """Read `size` bytes in pieces."""
        while size:
            yield self.exactly(min(CHUNK, size))
            size -= min(CHUNK, size)

    def skip(self, size: int) -> None:
        """Read `size` bytes and forget them."""
        for _ in self.chunks(size):
            pass


class _Xz:
    """An xz file read with bounded memory, which the one of the standard library has not."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._decoder = lzma.LZMADecompressor(memlimit=_XZ_MEMORY)

    def read(self, size: int, /) -> bytes:
        """Give at most `size` bytes; none at the end."""
        while not self._decoder.eof:
            packed = self._more() if self._decoder.needs_input else b""
            data = self._decoder.decompress(packed, size)
            if data:
                return data
        return b""

    def _more(self) -> bytes:
        packed = self._file.read(CHUNK)
        if not packed:
            raise EOFError
        return packed


def _decoded(file: BinaryIO) -> Readable:
    """Choose how to read the file by its first bytes."""
    file.seek(0)
    magic = file.read(6)
    file.seek(0)
    if magic.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=file)
    if magic.startswith(b"BZh"):
        return bz2.BZ2File(file)
    return _Xz(file) if magic.startswith(b"\xfd7zXZ\0") else file
