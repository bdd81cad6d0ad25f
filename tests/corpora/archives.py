"""Archives that leave their folder or exhaust the machine; each builder writes one file."""

import gzip
import io
import stat
import struct
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

Builder = Callable[[Path], None]


def zip_of(*members: tuple[str, bytes]) -> Builder:
    """Write a zip of these members, with the names as they are."""

    def build(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members:
                info = zipfile.ZipInfo("x")
                info.filename = name
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, content)

    return build


def tar_of(*members: tuple[str, bytes], mode: str = "w") -> Builder:
    """Write a tar of these files, with the names as they are."""

    def build(path: Path) -> None:
        with tarfile.open(path, mode) as archive:
            for name, content in members:
                _put(archive, name, content)

    return build


def _put(archive: tarfile.TarFile, name: str, content: bytes = b"", **fields: object) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    for field, value in fields.items():
        setattr(info, field, value)
    archive.addfile(info, io.BytesIO(content))


def special(kind: bytes, link: str = "") -> Builder:
    """Write a tar with one member that is no file."""

    def build(path: Path) -> None:
        with tarfile.open(path, "w") as archive:
            _put(archive, "good.txt", b"good")
            _put(archive, "special", type=kind, linkname=link)

    return build


def renamed_zip(path: Path) -> None:
    """Two members of one name."""
    zip_of(("a.txt", b"1"), ("b.txt", b"2"))(path)
    path.write_bytes(path.read_bytes().replace(b"b.txt", b"a.txt"))


def through_a_link(path: Path) -> None:
    """A link to elsewhere, then a file through it."""
    with tarfile.open(path, "w") as archive:
        _put(archive, "out", type=tarfile.SYMTYPE, linkname="../..")
        _put(archive, "out/escaped.txt", b"bad")


def link_chain(path: Path) -> None:
    """Links whose resolved length is beyond the longest path: checks of real paths give up."""
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as archive:
        place = ""
        for letter in "abcdefghijklmnop":
            _put(archive, place + "d" * 240, type=tarfile.DIRTYPE)
            _put(archive, place + letter, type=tarfile.SYMTYPE, linkname="d" * 240)
            place += letter + "/"
        _put(archive, place + "l" * 254, type=tarfile.SYMTYPE, linkname="../" * 16)
        _put(archive, "escape", type=tarfile.SYMTYPE, linkname=place + "l" * 254 + "/../../etc")
        _put(archive, "escape/newfile", b"bad")


def zip_link(path: Path) -> None:
    """A symbolic link as Info-ZIP stores it."""
    _zip_mode(path, stat.S_IFLNK | 0o777)


def zip_fifo(path: Path) -> None:
    """A pipe in a zip."""
    _zip_mode(path, stat.S_IFIFO | 0o644)


def zip_device(path: Path) -> None:
    """A device in a zip."""
    _zip_mode(path, stat.S_IFBLK | 0o644)


def _zip_mode(path: Path, mode: int) -> None:
    info = zipfile.ZipInfo("special")
    info.create_system = 3
    info.external_attr = mode << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("good.txt", b"good")
        archive.writestr(info, b"/etc/passwd")


def many_zip(path: Path) -> None:
    """A hundred thousand files in a zip."""
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(100_000):
            archive.writestr(zipfile.ZipInfo(f"f{number}"), b"")


def many_tar(path: Path) -> None:
    """A hundred thousand files in a tar."""
    block = tarfile.TarInfo("f").tobuf(tarfile.USTAR_FORMAT)
    with gzip.open(path, "wb", 1) as file:
        for number in range(100_000):
            name = f"f{number}"
            file.write(_renamed(block, name))


def _renamed(block: bytes, name: str) -> bytes:
    info = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
    info.name = name
    return info.tobuf(tarfile.USTAR_FORMAT)


def bomb_zip(path: Path) -> None:
    """200 MB of zeros in 200 kB."""
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("zeros", "w") as member,
    ):
        for _ in range(200):
            member.write(bytes(1024 * 1024))


def bomb_tar(path: Path, mode: str = "w:gz") -> None:
    """100 MB of zeros in a small tar."""
    info = tarfile.TarInfo("zeros")
    info.size = 100 * 1024 * 1024
    with tarfile.open(path, mode) as archive, Path("/dev/zero").open("rb") as zeros:
        archive.addfile(info, zeros)


def bomb_xz(path: Path) -> None:
    """100 MB of zeros in a few kilobytes of xz."""
    bomb_tar(path, "w:xz")


def bomb_bz2(path: Path) -> None:
    """100 MB of zeros in a few hundred bytes of bzip2."""
    bomb_tar(path, "w:bz2")


def bomb_note(path: Path) -> None:
    """A pax note of 200 MB: whoever reads it whole runs out of memory."""
    info = tarfile.TarInfo("note")
    info.type = tarfile.XHDTYPE
    info.size = 200 * 1024 * 1024
    with gzip.open(path, "wb", 1) as file:
        file.write(info.tobuf(tarfile.USTAR_FORMAT))
        for _ in range(200):
            file.write(bytes(1024 * 1024))


def bomb_empty_notes(path: Path) -> None:
    """Headers without end that announce no file."""
    info = tarfile.TarInfo("note")
    info.type = tarfile.XGLTYPE
    with gzip.open(path, "wb", 1) as file:
        for _ in range(400):
            file.write(info.tobuf(tarfile.USTAR_FORMAT) * 1000)


def overlapping_zip(path: Path) -> None:
    """Many entries that share one compressed kernel."""
    zip_of(("a", bytes(1000)))(path)
    data = path.read_bytes()
    start = data.index(b"PK\1\2")
    end = data.index(b"PK\5\6")
    entry = data[start:end]
    count = 500
    closing = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(entry) * count, start, 0)
    path.write_bytes(data[:start] + entry * count + closing)


def patched_zip(at: int, value: bytes, *, mark: bytes = b"PK\1\2") -> Builder:
    """Write a good zip, then other bytes at an offset of its first entry."""

    def build(path: Path) -> None:
        zip_of(("good.txt", b"good " * 100))(path)
        data = bytearray(path.read_bytes())
        place = data.index(mark) + at
        data[place : place + len(value)] = value
        path.write_bytes(bytes(data))

    return build


def cut(builder: Builder, share: float) -> Builder:
    """Write only the first part of an archive."""

    def build(path: Path) -> None:
        builder(path)
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * share)])

    return build


def raw(content: bytes) -> Builder:
    """Write a file that is no archive."""
    return lambda path: (path.write_bytes(content), None)[1]


def zip_with_prefix(path: Path) -> None:
    """A zip behind a program, as self-extractors are."""
    zip_of(("a", b"a"))(path)
    path.write_bytes(b"PK\3\4" + b"#!/bin/sh\n" + path.read_bytes())


def zip_two_lists(path: Path) -> None:
    """Two zips in one file: tools differ in which they see."""
    zip_of(("seen.txt", b"a"))(path)
    first = path.read_bytes()
    zip_of(("hidden.txt", b"b"))(path)
    path.write_bytes(first + path.read_bytes())


def zip_bzip2(path: Path) -> None:
    """A member compressed in another way than deflate."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a.txt", b"a" * 1000)


def tar_bad_checksum(path: Path) -> None:
    """A header that was changed after it was written."""
    tar_of(("a.txt", b"a"))(path)
    data = bytearray(path.read_bytes())
    data[0] = ord("b")
    path.write_bytes(bytes(data))


def tar_bad_size(path: Path) -> None:
    """A pax note that gives a size beyond the file."""
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as archive:
        _put(archive, "a.txt", b"a", pax_headers={"size": "9" * 30})


def tar_negative_size(path: Path) -> None:
    """A size below zero, as base 256 can hold."""
    info = bytearray(tarfile.TarInfo("a.txt").tobuf(tarfile.GNU_FORMAT))
    info[124:136] = b"\xff" * 12
    info[148:156] = b" " * 8
    info[148:156] = b"%06o\0 " % sum(info)
    path.write_bytes(bytes(info) + bytes(10240))


def tar_pax_path(path: Path) -> None:
    """A harmless name in the header, a hostile one in its note."""
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as archive:
        _put(archive, "good.txt", b"bad", pax_headers={"path": "../../escaped.txt"})


def tar_sparse(path: Path) -> None:
    """A sparse file of a terabyte in a few bytes."""
    notes = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.realsize": str(2**40)}
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as archive:
        _put(archive, "a.bin", b"1\n0\n0\n", pax_headers=notes)


HOSTILE: dict[str, Builder] = {
    "zip parent": zip_of(("../escaped.txt", b"bad")),
    "zip deep parent": zip_of(("a/../../escaped.txt", b"bad")),
    "zip absolute": zip_of(("/tmp/escaped.txt", b"bad")),
    "zip drive": zip_of(("C:/escaped.txt", b"bad")),
    "zip backslash": zip_of(("..\\escaped.txt", b"bad")),
    "zip NUL": zip_of(("good.txt\0.png", b"bad")),
    "zip line break": zip_of(("a\nb", b"bad")),
    "zip device name": zip_of(("CON", b"bad")),
    "zip long name": zip_of(("a" * 256, b"bad")),
    "zip long path": zip_of(("/".join(["a" * 200] * 21), b"bad")),
    "zip depth": zip_of(("/".join("a" * 70), b"bad")),
    "zip empty name": zip_of(("", b"bad")),
    "zip good then bad": zip_of(("good.txt", b"good"), ("../bad.txt", b"bad")),
    "zip duplicate": renamed_zip,
    "zip case twins": zip_of(("Data.csv", b"1"), ("data.csv", b"2")),
    "zip accent twins": zip_of(("\u00e9.txt", b"1"), ("e\u0301.txt", b"2")),
    "zip folder twins": zip_of(("Data/a", b"1"), ("data/b", b"2")),
    "zip file and folder": zip_of(("a", b"1"), ("a/b", b"2")),
    "zip folder with content": zip_of(("a/", b"content")),
    "zip link": zip_link,
    "zip pipe": zip_fifo,
    "zip device": zip_device,
    "zip 100k entries": many_zip,
    "zip bomb": bomb_zip,
    "zip overlapping": overlapping_zip,
    "zip encrypted": patched_zip(8, b"\1\0"),
    "zip strongly encrypted": patched_zip(8, b"\x41\0"),
    "zip method": patched_zip(10, b"\x63\0"),
    "zip bzip2": zip_bzip2,
    "zip wrong checksum": patched_zip(16, b"\0\0\0\0"),
    "zip declares too little": patched_zip(24, struct.pack("<L", 5)),
    "zip declares too much": patched_zip(24, struct.pack("<L", 5000)),
    "zip declares a gigabyte": patched_zip(24, struct.pack("<L", 2**30)),
    "zip wide without size": patched_zip(24, b"\xff\xff\xff\xff"),
    "zip wrong offset": patched_zip(42, struct.pack("<L", 10**6)),
    "zip other local name": patched_zip(30, b"evil", mark=b"PK\3\4"),
    "zip count lies up": patched_zip(8, struct.pack("<2H", 9, 9), mark=b"PK\5\6"),
    "zip count lies down": patched_zip(8, struct.pack("<2H", 0, 0), mark=b"PK\5\6"),
    "zip wide without record": patched_zip(8, struct.pack("<2H", 65535, 65535), mark=b"PK\5\6"),
    "zip with a prefix": zip_with_prefix,
    "zip with two lists": zip_two_lists,
    "zip cut": cut(zip_of(("a.txt", bytes(range(256)) * 100)), 0.5),
    "zip empty": zip_of(),
    "tar parent": tar_of(("../escaped.txt", b"bad")),
    "tar absolute": tar_of(("/tmp/escaped.txt", b"bad")),
    "tar dot parent": tar_of(("./../escaped.txt", b"bad")),
    "tar backslash": tar_of(("..\\escaped.txt", b"bad")),
    "tar bad bytes": tar_of(("a\udcff", b"bad")),
    "tar duplicate": tar_of(("a.txt", b"1"), ("./a.txt", b"2")),
    "tar case twins": tar_of(("A", b"1"), ("a", b"2")),
    "tar good then bad": tar_of(("good.txt", b"good"), ("../bad.txt", b"bad"), mode="w:gz"),
    "tar symlink": special(tarfile.SYMTYPE, "/etc/passwd"),
    "tar hard link": special(tarfile.LNKTYPE, "/etc/passwd"),
    "tar character device": special(tarfile.CHRTYPE),
    "tar block device": special(tarfile.BLKTYPE),
    "tar pipe": special(tarfile.FIFOTYPE),
    "tar unknown kind": special(b"Z"),
    "tar through a link": through_a_link,
    "tar link chain": link_chain,
    "tar 100k entries": many_tar,
    "tar bomb gz": bomb_tar,
    "tar bomb bz2": bomb_bz2,
    "tar bomb xz": bomb_xz,
    "tar bomb in a note": bomb_note,
    "tar notes without end": bomb_empty_notes,
    "tar bad checksum": tar_bad_checksum,
    "tar size beyond number": tar_bad_size,
    "tar size below zero": tar_negative_size,
    "tar hostile note": tar_pax_path,
    "tar sparse": tar_sparse,
    "tar cut": cut(tar_of(("a.txt", b"a" * 5000)), 0.3),
    "tar gz cut": cut(tar_of(("a.txt", bytes(range(256)) * 400), mode="w:gz"), 0.5),
    "tar xz cut": cut(tar_of(("a.txt", bytes(range(256)) * 400), mode="w:xz"), 0.5),
    "tar bz2 cut": cut(tar_of(("a.txt", bytes(range(256)) * 400), mode="w:bz2"), 0.5),
    "text": raw(b"This is no archive.\n" * 100),
    "nothing": raw(b""),
    "gz of text": raw(gzip.compress(b"hello" * 1000)),
    "gz of garbage": raw(b"\x1f\x8b" + b"\xff" * 100),
    "bz2 of garbage": raw(b"BZh9" + b"\xff" * 100),
    "xz of garbage": raw(b"\xfd7zXZ\0" + b"\xff" * 100),
    "zip of garbage": raw(b"PK\3\4" + b"\xff" * 1000),
}
