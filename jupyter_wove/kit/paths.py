"""Paths and names that strangers wrote, made safe to use inside a folder."""

import re
import unicodedata
from pathlib import Path, PurePosixPath

from jupyter_wove.kit.errors import BadRequest

PART_BYTES = 255
PATH_BYTES = 4096
NAME_LENGTH = 60
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{port}{digit}" for port in ("com", "lpt") for digit in "123456789¹²³"]
)
_DRIVE = re.compile(r"[A-Za-z]:")
_BREAKS = frozenset({"Cc", "Cs", "Zl", "Zp"})
_TURNS = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def inside(root: Path, relative: str) -> Path:
    """Find a path below `root`; refuse one that could leave it (BadRequest).

    `relative` uses forward slashes and need not exist. A link on the way is followed,
    and refused if it leaves `root`.
    """
    parts = checked(relative).parts
    base = root.resolve()
    path = _resolved(base.joinpath(*parts), relative)
    if path == base or not path.is_relative_to(base):
        raise BadRequest(f"The path {shown(relative)} leads out of its folder.")
    return base.joinpath(*parts)


def checked(relative: str) -> PurePosixPath:
    """Read a relative path with forward slashes; refuse an unsafe one (BadRequest)."""
    fault = _fault(relative)
    if fault:
        raise BadRequest(f"The path {shown(relative)} {fault}.")
    return PurePosixPath(relative)


def shown(text: str, length: int = 80) -> str:
    """Quote a stranger's text for a message: one line, nothing invisible, cut to `length`."""
    return repr(text if len(text) <= length else text[: length - 1] + "…")


def twin(path: str) -> str:
    """Give the key that two paths share if some file system takes them for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def safe_name(text: str) -> str:
    """Make a folder name from a title: "Wave physics!" becomes "wave-physics"."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower())
    words = "".join(each if unicodedata.category(each)[0] in "LMN" else "-" for each in plain)
    name = re.sub("-{2,}", "-", words).strip("-")[:NAME_LENGTH].strip("-")
    if not name:
        return "untitled"
    return f"{name}-project" if name in _RESERVED else name


def _fault(relative: str) -> str | None:
    if not relative:
        return "is empty"
    if any(unicodedata.category(each) in _BREAKS or each in _TURNS for each in relative):
        return "has a character that does not belong in a file name"
    if "\\" in relative:
        return "has a backslash; use forward slashes"
    if relative.startswith("/") or _DRIVE.match(relative):
        return "is absolute; give it relative to its folder"
    if len(relative.encode()) > PATH_BYTES:
        return f"is longer than {PATH_BYTES} bytes"
    return next(filter(None, map(_part_fault, relative.split("/"))), None)


def _part_fault(part: str) -> str | None:
    if part in {"", ".", ".."}:
        return "has an empty part, '.' or '..'"
    if len(part.encode()) > PART_BYTES:
        return f"has a part longer than {PART_BYTES} bytes"
    if part != part.rstrip(". "):
        return "has a part that ends with a dot or a space"
    if part.partition(".")[0].rstrip().lower() in _RESERVED:
        return "has a name that Windows keeps for a device"
    return None


def _resolved(path: Path, relative: str) -> Path:
    """Follow the links of a path; a loop of links is the caller's mistake."""
    try:
        end = path.resolve()
    except (OSError, RuntimeError) as error:
        raise BadRequest(f"The path {shown(relative)} cannot be followed.") from error
    if end.is_symlink():
        raise BadRequest(f"The path {shown(relative)} is a link that leads to itself.")
    return end
