"""Makes a file ready to be kept."""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

import msgspec

from jupyter_wove.search.engines import Document, Part
from jupyter_wove.search.engines.bodies import Body, Segment, body
from jupyter_wove.search.facts import names, of_file, symbols

LENGTHS = range(4, 41)  # of names that are kept to find those like them
MOST_NAMES = 2_000  # of a text
_Segments = list[Segment]


class File(NamedTuple):
    """A file, and the hash by which its text is known."""

    digest: bytes
    body: Body
    segments: str
    langs: str  # each between spaces


class Packed(NamedTuple):
    """What is kept of a text, whoever has it."""

    words: str
    packed: bytes
    keys: set[str]
    names: list[str]


def file(part: Part, documents: Sequence[Document]) -> File | None:
    """Put together what is searched of a file; None where that is nothing."""
    found = body(documents) if part.path else None
    if not found or not found.text:
        return None
    segments = msgspec.json.encode(found.segments)
    digest = sha256(b"%d\n%b\n%b" % (found.whole, segments, found.text)).digest()
    langs = {fact.value for each in documents for fact in each.facts if fact.kind == "lang"}
    return File(digest, found, segments.decode(), "".join(f" {each} " for each in sorted(langs)))


def packed(documents: Iterable[Document], file: File, path: str) -> Packed:
    """Pack a text that nobody has had yet, and read what it defines."""
    words = file.body.text.decode()
    defined = list(_defined(documents, path))
    named = dict.fromkeys([*defined, *(names(words) if file.langs else [])])
    kept = [each for each in named if len(each) in LENGTHS][:MOST_NAMES]
    return Packed(words, zlib.compress(file.body.text), set(map(key, defined)), kept)


def unpacked(packed: bytes, segments: str, whole: int) -> Body:
    """Read a body as it was before it was packed."""
    read = msgspec.json.decode(segments, type=_Segments)
    return Body(zlib.decompress(packed), read, bool(whole))


def key(name: str) -> str:
    """Write a name as all that are spelled like it: train_test and trainTest."""
    return name.replace("_", "").lower()


def _defined(documents: Iterable[Document], path: str) -> Iterator[str]:
    """List the names that the code of a file defines."""
    for document in documents:
        langs = (fact.value for fact in document.facts if fact.kind == "lang")
        lang = of_file(path) or next(langs, "")
        text = document.source if document.kind == "cell" else document.text
        yield from (symbol.name for symbol in symbols(lang, text))
