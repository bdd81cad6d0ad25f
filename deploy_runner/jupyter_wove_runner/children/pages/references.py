"""The files of a project that a page refers to: pictures, downloads, and what those refer to."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from jupyter_wove.kit.errors import BadRequest
from jupyter_wove.kit.paths import checked

ATTRIBUTES = {"src", "href", "poster", "data"}
_IN_STYLES = re.compile(r"""url\(\s*["']?([^"')]+)""")


def references(html: str, page: PurePosixPath) -> Iterator[PurePosixPath]:
    """Give the paths that a page refers to, seen from the top of the project."""
    for address in _addresses(html):
        if path := _path(address, page.parent):
            yield path


def _addresses(html: str) -> list[str]:
    reader = _Reader()
    reader.feed(html)
    return [*reader.found, *_IN_STYLES.findall(html)]


class _Reader(HTMLParser):
    """Collects what the tags of a page point to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ATTRIBUTES and value]


def _path(address: str, folder: PurePosixPath) -> PurePosixPath | None:
    """Find where an address leads within the project; None where it leads elsewhere."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return None
    return _joined(folder, unquote(parts.path))


def _joined(folder: PurePosixPath, relative: str) -> PurePosixPath | None:
    steps = list(folder.parts)
    for part in relative.split("/"):
        if part == ".." and not steps:
            return None
        if part == "..":
            steps.pop()
        elif part not in {"", "."}:
            steps.append(part)
    return _safe("/".join(steps))


def _safe(path: str) -> PurePosixPath | None:
    try:
        found = checked(path)
    except BadRequest:
        return None
    return None if any(part.startswith(".") for part in found.parts) else found


def is_file_in(project: Path, path: PurePosixPath) -> bool:
    """Tell whether a path is a file of the project, and no link out of it."""
    place = project / path
    return place.is_file() and place.resolve().is_relative_to(project.resolve())
