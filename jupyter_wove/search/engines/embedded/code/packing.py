"""Makes a file ready to be kept."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

import msgspec

from jupyter_wove.search.engines import Document, Part
from jupyter_wove.search.engines.bodies import Body, Segment, body
from jupyter_wove.search.engines.looking import key
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


class Readings(NamedTuple):
    """What is kept of a text beside itself, whoever has it."""

    words: str
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


def readings(documents: Iterable[Document], file: File, path: str) -> Readings:
    """Read what a text that nobody has had yet defines and names."""
    words = file.body.text.decode()
    defined = list(_defined(documents, path))
    named = dict.fromkeys([*defined, *(names(words) if file.langs else [])])
    kept = [each for each in named if len(each) in LENGTHS][:MOST_NAMES]
    return Readings(words, set(map(key, defined)), kept)


def kept(text: bytes, segments: str, whole: int) -> Body:
    """Put a body together from what was kept of it."""
    return Body(text, msgspec.json.decode(segments, type=_Segments), bool(whole))


def _defined(documents: Iterable[Document], path: str) -> Iterator[str]:
    """List the names that the code of a file defines."""
    for document in documents:
        langs = (fact.value for fact in document.facts if fact.kind == "lang")
        lang = of_file(path) or next(langs, "")
        text = document.source if document.kind == "cell" else document.text
        yield from (symbol.name for symbol in symbols(lang, text))
