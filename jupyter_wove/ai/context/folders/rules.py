"""What a project says how agents should work on it. It counts for who has read and trusts it."""

import hashlib
from pathlib import Path

import msgspec

PLACES = ("AGENTS.md", ".wove/rules/*.md")
MOST, LARGEST = 20, 16_000  # files, and characters of one


class Rules(msgspec.Struct, frozen=True):
    """One file of rules; its digest is another one with every change."""

    path: str
    text: str
    digest: str


def rules_of(folder: Path) -> list[Rules]:
    """Read the rules of a folder; no links, and nothing that is no text."""
    found = [path for place in PLACES for path in sorted(folder.glob(place))]
    read = (_read(folder, path) for path in found[:MOST])
    return [each for each in read if each is not None]


def _read(folder: Path, path: Path) -> Rules | None:
    name = path.relative_to(folder).as_posix()
    is_within = path.resolve().is_relative_to(folder.resolve())
    try:
        if not is_within or path.is_symlink() or path.stat().st_size > 4 * LARGEST:
            return None
        text = path.read_text(encoding="utf-8").strip()[:LARGEST]
    except (OSError, UnicodeDecodeError):
        return None
    digest = hashlib.sha256(f"{name}\n{text}".encode()).hexdigest()
    return Rules(name, text, digest) if text else None
