"""Write git objects without holding up other threads: hashing and packing release the GIL.

libgit2's own call keeps the GIL for the 0.15 s that a notebook of 5 MB takes, which would stall
the event loop of the server.
"""

import hashlib
import zlib
from pathlib import Path

import pygit2

from jupyter_wove.kit.files import durable

LEVEL = 1  # a snapshot shall be quick; `git gc` packs well later


def write_blob(git: pygit2.Repository, content: bytes) -> str:
    """Store a file's content in the repository, safe on disk; return its id."""
    header = b"blob %d\0" % len(content)
    digest = hashlib.sha1(header, usedforsecurity=False)
    digest.update(content)
    name = digest.hexdigest()
    if not git.odb.exists(pygit2.Oid(hex=name)):
        _write_loose(Path(git.path) / "objects" / name[:2] / name[2:], header, content)
    return name


def _write_loose(path: Path, header: bytes, content: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    pack = zlib.compressobj(LEVEL)
    with durable(path, mode=0o444) as file:
        file.write(pack.compress(header))
        file.write(pack.compress(content))
        file.write(pack.flush())
