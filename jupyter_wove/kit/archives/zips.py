"""Reads zip archives member by member, by their own list, and believes none of its sizes."""

import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from jupyter_wove.kit.archives.limits import Limits, may_count, may_grow, may_hold
from jupyter_wove.kit.archives.tree import Member
from jupyter_wove.kit.errors import BadRequest
from jupyter_wove.kit.paths import shown

CHUNK = 256 * 1024
_END = struct.Struct("<4s4H2LH")
_END64_AT = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_ENTRY = struct.Struct("<4s4B4HL2L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_UTF8 = 0x800
_WIDE = 0xFFFFFFFF
_MANY = 0xFFFF
_EXTRA = struct.Struct("<2H")


@dataclass(frozen=True)
class _Entry:
    name: str
    raw_name: bytes
    method: int
    crc: int
    packed: int
    size: int
    start: int


@dataclass(frozen=True)
class _Directory:
    start: int
    end: int
    count: int


def looks_like(file: BinaryIO) -> bool:
    """Say whether a file starts as a zip does; leave it at its beginning."""
    file.seek(0)
    magic = file.read(4)
    file.seek(0)
    return magic in {b"PK\3\4", b"PK\5\6"}


def members(file: BinaryIO, limits: Limits) -> Iterator[Member]:
    """Give the members in the order they lie in the file, after a look at all that is declared."""
    directory = _directory(file)
    may_count(limits, directory.count)
    entries = sorted(_entries(file, directory), key=lambda entry: entry.start)
    for entry in entries:
        may_hold(limits, entry.name, entry.size)
    may_grow(limits, sum(entry.size for entry in entries), file.seek(0, 2))
    reached = 0
    for entry in entries:
        reached = _opened(file, entry, reached)
        folder = entry.name.endswith("/")
        if folder and entry.size:
            raise BadRequest(f"{shown(entry.name)} is a folder with content of its own.")
        yield Member(entry.name, folder, entry.size, _content(file, entry))


def _directory(file: BinaryIO) -> _Directory:
    """Find the list of members at the end of the file."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _END.size - _MANY))
    tail = file.read()
    found = tail.rfind(b"PK\5\6")
    if found < 0:
        raise BadRequest("The archive is not a whole zip: its list of files is missing.")
    _, disk, first, here, count, length, start, _ = _END.unpack_from(tail, found)
    end = size - len(tail) + found
    if _WIDE in {length, start} or count == _MANY:
        disk, first, here, count, length, start, end = _directory64(file, end)
    if disk or first or here != count or start + length != end:
        raise BadRequest("The archive is not one plain zip: its list of files is somewhere else.")
    return _Directory(start, end, count)


def _directory64(file: BinaryIO, end: int) -> tuple[int, int, int, int, int, int, int]:
    """Read the wide form of the end record, which large archives have."""
    file.seek(max(0, end - _END64_AT.size))
    magic, _, at, _ = _END64_AT.unpack(file.read(_END64_AT.size))
    file.seek(min(at, end))
    magic64, *_, disk, first, here, count, length, start = _END64.unpack(file.read(_END64.size))
    if (magic, magic64) != (b"PK\6\7", b"PK\6\6"):
        raise BadRequest("The archive is a damaged zip: its list of files cannot be read.")
    return disk, first, here, count, length, start, at


def _entries(file: BinaryIO, directory: _Directory) -> Iterator[_Entry]:
    """Read the list, which must hold as many members as it says."""
    file.seek(directory.start)
    for _ in range(directory.count):
        yield _entry(file)
    if file.tell() != directory.end:
        raise BadRequest("The archive is not one plain zip: it lists another number of files.")


def _entry(file: BinaryIO) -> _Entry:
    fields = _ENTRY.unpack(file.read(_ENTRY.size))
    magic, flags, method = fields[0], fields[5], fields[6]
    crc, packed, size, names, extras, notes = fields[9:15]
    if magic != b"PK\1\2":
        raise BadRequest("The archive is a damaged zip: its list of files cannot be read.")
    raw, extra = file.read(names), file.read(extras)
    file.seek(notes, 1)
    name = _text(raw, flags)
    _may_be_read(name, flags, method, fields[17] >> 16)
    size, packed, start = _widened(extra, size, packed, fields[18])
    return _Entry(name, raw, method, crc, packed, size, start)


def _text(raw: bytes, flags: int) -> str:
    """Decode a name; many tools write UTF-8 and forget to say so."""
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        if flags & _UTF8:
            raise BadRequest("The archive has a file name that is not valid UTF-8.") from error
        return raw.decode("cp437")


def _may_be_read(name: str, flags: int, method: int, mode: int) -> None:
    kind = stat.S_IFMT(mode)
    if flags & _ENCRYPTED:
        raise BadRequest(f"{shown(name)} is encrypted; make the archive without a password.")
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise BadRequest(f"{shown(name)} is a link or a device; only files and folders are taken.")
    if method not in {_STORED, _DEFLATED}:
        raise BadRequest(f"{shown(name)} is compressed in a way that is not known; use deflate.")


def _widened(extra: bytes, size: int, packed: int, start: int) -> tuple[int, int, int]:
    """Replace each size that did not fit in 32 bits by its wide form."""
    wide = iter(_wide_values(extra))
    sizes = [next(wide, -1) if value == _WIDE else value for value in (size, packed, start)]
    if -1 in sizes:
        raise BadRequest("The archive is a damaged zip: it does not say how large a file is.")
    return sizes[0], sizes[1], sizes[2]


def _wide_values(extra: bytes) -> tuple[int, ...]:
    while len(extra) >= _EXTRA.size:
        kind, length = _EXTRA.unpack_from(extra)
        value, extra = extra[_EXTRA.size :][:length], extra[_EXTRA.size + length :]
        if kind == 1:
            return struct.unpack_from(f"<{min(len(value) // 8, 3)}Q", value)
    return ()


def _opened(file: BinaryIO, entry: _Entry, reached: int) -> int:
    """Go to a member's content; its own header must agree and lie after the last member."""
    file.seek(entry.start)
    header = _LOCAL.unpack(file.read(_LOCAL.size))
    names, extras = header[9:11]
    if header[0] != b"PK\3\4" or entry.start < reached or file.read(names) != entry.raw_name:
        raise BadRequest(f"{shown(entry.name)} is not where the archive says; it may be a trap.")
    return file.seek(extras, 1) + entry.packed


def _content(file: BinaryIO, entry: _Entry) -> Iterator[bytes]:
    """Give the content in pieces; stop at the first that contradicts what was declared."""
    size = crc = 0
    for chunk in _stored(file, entry) if entry.method == _STORED else _inflated(file, entry):
        size += len(chunk)
        crc = zlib.crc32(chunk, crc)
        if size > entry.size:
            break
        yield chunk
    if size != entry.size or crc != entry.crc:
        raise BadRequest(f"{shown(entry.name)} does not hold what the archive says.")


def _stored(file: BinaryIO, entry: _Entry) -> Iterator[bytes]:
    left = entry.packed
    while left and (chunk := file.read(min(CHUNK, left))):
        left -= len(chunk)
        yield chunk


def _inflated(file: BinaryIO, entry: _Entry) -> Iterator[bytes]:
    decoder = zlib.decompressobj(-zlib.MAX_WBITS)
    for packed in _stored(file, entry):
        rest = packed
        while rest and not decoder.eof:
            yield decoder.decompress(rest, CHUNK)
            rest = decoder.unconsumed_tail
    yield decoder.flush(CHUNK)
