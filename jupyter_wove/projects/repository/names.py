"""Which file names a version may hold: none that git, a filesystem or Jupyter could trip over."""

import re
from pathlib import PurePosixPath

from jupyter_wove.kit.errors import BadRequest

UNWANTED_FOLDERS = {".ipynb_checkpoints", ".jupyter"}
# Room databases of Jupyter, and what Wove itself was writing when it was killed.
UNWANTED_PREFIXES = (".jupyter_ystore.db", ".wove-")
LONGEST_NAME = 255

# Characters that some filesystems drop from a name, which would make `.g<U+200C>it` out of `.git`.
_INVISIBLE = re.compile("[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]")
_UNSAFE = re.compile(r"[\\\x00-\x1f\x7f]")


def unwanted(name: str) -> bool:
    """Tell whether Jupyter or Wove keeps its own working data under this name."""
    return name in UNWANTED_FOLDERS or name.startswith(UNWANTED_PREFIXES)


def disguises_git(name: str) -> bool:
    """Tell whether some filesystem would take this name for `.git`."""
    bare = _INVISIBLE.sub("", name).split(":")[0].rstrip(" .").casefold()
    return bare in {".git", "git~1"}


def refused(name: str) -> str | None:
    """Say why a single name cannot be part of a version, or None if it can."""
    if name in {"", ".", ".."} or disguises_git(name):
        return "git reserves this name"
    if _UNSAFE.search(name):
        return "its name holds a backslash or a control character"
    try:
        too_long = len(name.encode()) > LONGEST_NAME
    except UnicodeEncodeError:
        return "its name is not valid UTF-8"
    return f"its name is longer than {LONGEST_NAME} bytes" if too_long else None


def can_be_tag(name: str) -> bool:
    """Tell whether git accepts a name for a version, also on its command line."""
    import pygit2  # noqa: PLC0415 — late: see the front door

    plain = refused(name) is None and not name.startswith("-")
    return plain and pygit2.reference_is_valid_name(f"refs/tags/{name}")


def checked(path: str) -> str:
    """Return a path inside a project as it is; raise BadRequest if it leads anywhere else."""
    names = path.split("/")
    if PurePosixPath(path).is_absolute() or any(refused(name) for name in names):
        raise BadRequest(f"{path!r} is not the path of a file in a project.")
    return path
