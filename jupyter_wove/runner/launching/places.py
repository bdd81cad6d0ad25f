"""Where the socket of a data folder is: in a short folder that nobody else can enter."""

import hashlib
import os
import stat
import tempfile
from pathlib import Path

from jupyter_wove.kit.errors import Unavailable

LONGEST = 100  # bytes of the path of a socket


def socket_of(data: Path) -> Path:
    """Name the socket of a data folder; all of its processes find the same one."""
    digest = hashlib.sha256(str(data.resolve()).encode()).hexdigest()[:12]
    name = f"wove-{os.getuid()}-{digest}"
    for folder in _candidates():
        path = folder / name / "runner"
        if len(os.fsencode(path)) < LONGEST:
            return path
    raise Unavailable("There is no folder for the socket of the runner. Set XDG_RUNTIME_DIR.")


def _candidates() -> list[Path]:
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    found = [Path(runtime)] if runtime and Path(runtime).is_dir() else []
    return [*found, Path(tempfile.gettempdir()), Path("/tmp")]  # noqa: S108 — checked below


def make_private(folder: Path) -> None:
    """Have a folder that is ours alone. Raises Unavailable where somebody else made it."""
    folder.mkdir(mode=stat.S_IRWXU, exist_ok=True)
    if not is_private(folder):
        raise Unavailable(f"{folder} can be entered by somebody else. Remove it, then try again.")


def is_private(folder: Path) -> bool:
    """Tell whether a folder is there, and nobody but us may enter it."""
    if not folder.exists():
        return False
    found = folder.lstat()
    ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
    return ours and stat.S_IMODE(found.st_mode) == stat.S_IRWXU
