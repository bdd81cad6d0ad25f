"""Unpacks zip and tar archives that strangers made, within limits, or leaves nothing behind."""

import errno
import lzma
import shutil
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from jupyter_wove.kit.archives import tars, zips
from jupyter_wove.kit.archives.limits import Cancelled, Extracted, Limits
from jupyter_wove.kit.archives.tree import Tree
from jupyter_wove.kit.errors import BadRequest, StorageFull

__all__ = ["Cancelled", "Extracted", "Limits", "extract"]

_FULL = {errno.ENOSPC, errno.EDQUOT}


def extract(
    archive: Path,
    into: Path,
    limits: Limits,
    *,
    strip: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Extracted:
    """Unpack a zip or tar (gz, bz2, xz) into the new folder `into`.

    `strip` leaves out a single common top folder. `progress` hears how many bytes of the
    archive are read, of how many. Raises BadRequest, TooLarge, StorageFull or Cancelled, and
    then `into` does not exist.
    """
    into.mkdir()
    size = archive.stat().st_size
    try:
        with archive.open("rb") as file, _understood():
            tree = Tree(into, limits, size, lambda: _look_up(file, size, progress, cancelled))
            _unpack(file, tree)
        return Extracted(tree.files, tree.bytes, _stripped(into) if strip else None)
    except BaseException:
        shutil.rmtree(into)
        raise


def _unpack(file: BinaryIO, tree: Tree) -> None:
    """Write every member below the tree's root."""
    kind = zips if zips.looks_like(file) else tars
    for member in kind.members(file, tree.limits):
        tree.add(member)
    if not tree.files:
        raise BadRequest("The archive holds no files.")


def _look_up(
    file: BinaryIO,
    size: int,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> None:
    """Between two chunks: tell how far it is, and stop if nobody wants it any more."""
    progress(min(file.tell(), size), size)
    if cancelled():
        raise Cancelled("Unpacking the archive was cancelled; nothing was kept.")


def _stripped(into: Path) -> str | None:
    """Lift the content of a single top folder; give that folder's name."""
    entries = list(into.iterdir())
    if len(entries) != 1 or not entries[0].is_dir():
        return None
    lifted = into.with_name(f"{into.name}.lifted")
    shutil.rmtree(lifted, ignore_errors=True)  # what an attempt that was killed left
    entries[0].rename(lifted)
    into.rmdir()
    lifted.rename(into)
    return entries[0].name


@contextmanager
def _understood() -> Iterator[None]:
    """Turn what decoders and disks raise into sentences."""
    try:
        yield
    except (zlib.error, lzma.LZMAError, EOFError, struct.error) as error:
        raise BadRequest("The archive is damaged or cut off; make it again.") from error
    except OSError as error:
        if error.errno in _FULL:
            raise StorageFull("There is no room on the disk to unpack the archive.") from error
        if error.errno == errno.ENAMETOOLONG:
            raise BadRequest("The archive has a path that is too long for this disk.") from error
        if error.errno is None:
            raise BadRequest("The archive is damaged or cut off; make it again.") from error
        raise
