"""A file as it is searched: its text, or the texts of a notebook's cells one below the other."""

from bisect import bisect_right
from collections.abc import Iterable
from typing import Literal, NamedTuple

from jupyter_wove.search.engines import Document

Section = Literal["text", "source", "markdown", "output"]

LARGEST = 1024 * 1024  # bytes that are searched
UNKNOWN = "\ufffd"  # stands for what cannot be kept


class Segment(NamedTuple):
    """Where in a body a cell's source, text or output begins; or a file that has no cells."""

    start: int
    section: Section
    cell: int | None
    cell_id: str | None


class Body(NamedTuple):
    """All that is searched of a file; where it was too long, it is not `whole`."""

    text: bytes
    segments: list[Segment]
    whole: bool

    def segment(self, at: int) -> tuple[Segment, int]:
        """Find the segment that holds a byte, and where its last line ends."""
        number = bisect_right(self.segments, at, key=lambda each: each.start)
        if number < len(self.segments):
            return self.segments[number - 1], self.segments[number].start - 1
        return self.segments[number - 1], len(self.text) - self.text.endswith(b"\n")


def body(documents: Iterable[Document]) -> Body:
    """Put together what is searched of a file, as far as there is room."""
    text, segments = bytearray(), list[Segment]()
    for document, section, part in _parts(documents):
        if text and not text.endswith(b"\n"):
            text += b"\n"
        segments.append(Segment(len(text), section, document.cell, document.cell_id))
        text += part.replace("\0", UNKNOWN).encode(errors="replace")
        if len(text) > LARGEST:
            return Body(_cut(bytes(text)), segments, False)
    return Body(bytes(text), segments, True)


def _parts(documents: Iterable[Document]) -> Iterable[tuple[Document, Section, str]]:
    sections: tuple[Section, ...] = ("text", "source", "markdown", "output")
    for document in documents:
        for section in sections if document.kind == "cell" else sections[:1]:
            if part := getattr(document, section):
                yield document, section, part


def _cut(text: bytes) -> bytes:
    """Keep whole lines, or whole characters of one that is very long."""
    end = text.rfind(b"\n", 0, LARGEST)
    return text[: end + 1] if end >= 0 else text[:LARGEST].decode(errors="ignore").encode()
