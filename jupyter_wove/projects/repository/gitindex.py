"""Write git's own index, so that `git status` finds nothing to report after a version.

Large files are marked "skip-worktree": their pointer is committed, their bytes lie in the folder,
and plain git neither compares nor adds them.
"""

import hashlib
import os
import struct
from pathlib import Path

from jupyter_wove.projects.repository.place import Place
from jupyter_wove.projects.repository.staging import Known

_EXTENDED = 0x4000
_SKIP_WORKTREE = 0x4000  # in the second, extended word of flags
_LONGEST = 0xFFF


def index_bytes(place: Place, files: dict[str, Known]) -> bytes:
    """Encode the index (format version 3) of the staged files."""
    paths = sorted(files, key=os.fsencode)
    head = b"DIRC" + struct.pack(">II", 3, len(paths))
    body = head + b"".join(_entry(place.folder / path, path, files[path]) for path in paths)
    return body + hashlib.sha1(body, usedforsecurity=False).digest()


def _entry(file: Path, path: str, known: Known) -> bytes:
    name = os.fsencode(path)
    flags = min(len(name), _LONGEST)
    entry = _status(file, known) + bytes.fromhex(known.blob)
    if known.large:
        entry += struct.pack(">HH", flags | _EXTENDED, _SKIP_WORKTREE)
    else:
        entry += struct.pack(">H", flags)
    entry += name
    return entry + b"\0" * (8 - len(entry) % 8)


def _status(file: Path, known: Known) -> bytes:
    try:
        found = file.lstat()
    except OSError:
        found = None
    if found is None or not known.describes(found):
        # Zeros never match: git will compare the content and see what has changed since.
        return struct.pack(">10I", 0, 0, 0, 0, 0, 0, known.mode, 0, 0, 0)
    times = (*divmod(found.st_ctime_ns, 10**9), *divmod(found.st_mtime_ns, 10**9))
    rest = (found.st_dev, found.st_ino, known.mode, found.st_uid, found.st_gid, found.st_size)
    return struct.pack(">10I", *(number & 0xFFFFFFFF for number in (*times, *rest)))
