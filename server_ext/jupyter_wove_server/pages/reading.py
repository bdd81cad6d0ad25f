"""Read files of a project for a page, and put the pictures of a text into the text."""

import base64
import posixpath
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import unquote

from markupsafe import Markup

from jupyter_wove.kit import markdown
from jupyter_wove.kit.errors import WoveError
from jupyter_wove.projects import Project, Versions

if TYPE_CHECKING:
    from jupyter_wove.app import Call

README = ("readme.md", "readme.markdown", "readme.rst", "readme.txt", "readme")
LONGEST_README = 1_000_000
LARGEST_PICTURE, MOST_PICTURES = 4_000_000, 16_000_000  # bytes: of one, of all on a page
PICTURES = {
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}

Rendered = Markup
Place = Callable[[str], str | None]


class Reader:
    """The files of one version of a project, for whoever asks."""

    def __init__(self, call: "Call", project: Project, version: str) -> None:
        self.call = call
        self.project = project
        self.version = version

    def read(self, path: str, limit: int) -> bytes | None:
        """Read a file; None where it is larger than `limit` bytes. Raises NotFound."""
        versions: Versions = self.call.of(Versions)
        raw = versions.file(self.call.actor, self.project.id, path, self.version)
        if isinstance(raw.content, bytes):
            return raw.content if len(raw.content) <= limit else None
        content = bytearray()
        for piece in raw.content:
            content += piece
            if len(content) > limit:
                return None
        return bytes(content)


def media_of(path: str) -> str | None:
    """Tell which picture a file is by its name; None where it is none."""
    return PICTURES.get(path.rpartition(".")[2].lower())


def picture(media: str, content: bytes) -> str:
    """Write a picture as an address that holds all of it."""
    return f"data:{media};base64,{base64.b64encode(content).decode()}"


def pictures(reader: Reader, document: str) -> Place:
    """Find the pictures that a document in a project names, until they are too many."""
    room = MOST_PICTURES

    def place(address: str) -> str | None:
        nonlocal room
        path = posixpath.normpath(
            posixpath.join(posixpath.dirname(document), unquote(address.partition("?")[0]))
        )
        media = media_of(path)
        content = _found(reader, path, min(room, LARGEST_PICTURE)) if media else None
        if media is None or content is None:
            return None
        room -= len(content)
        return picture(media, content)

    return place


def readme(reader: Reader, path: str) -> Rendered | None:
    """Render the README of a project; it is plain text unless it is Markdown."""
    content = reader.read(path, LONGEST_README)
    if content is None:
        return None
    text = content.decode(errors="replace")
    if path.lower().endswith((".md", ".markdown")):
        return Markup(markdown.to_html(text, pictures(reader, path)))  # noqa: S704  made safe there
    return Markup("<pre>{}</pre>").format(text[: markdown.LONGEST])


def _found(reader: Reader, path: str, limit: int) -> bytes | None:
    try:
        return reader.read(path, limit)
    except WoveError:
        return None  # a text may well name a picture that is not there
