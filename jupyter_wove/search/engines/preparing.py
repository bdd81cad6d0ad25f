"""What a model reads of a document: a few texts, short enough to be read whole."""

import re
from collections.abc import Iterator
from itertools import islice

from jupyter_wove.search.engines import Document

# Another number has all vectors made anew.
PREPARATION = 1

LONGEST = 1_000  # characters of a text: about what MiniLM reads
MOST = 5  # texts of one document
OUTPUT = 300  # characters: a table tells with its head what it is about
LEAST = 3  # words; less than that means anything

_NAME = re.compile(r"[^\W\d_]+[^\W_]*")
_HUMP = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[^\W\d_a-zA-Z]+")


def texts(document: Document) -> list[str]:
    """Take the texts out of a document that are to be found by what they mean."""
    body = "\n".join(filter(None, _body(document)))
    head = _head(document)
    said = len(f"{head if document.kind == 'project' else ''} {body}".split())
    if document.kind == "person" or said < LEAST:
        return []
    room = LONGEST - len(head)
    return [f"{head}{each}" for each in islice(_cut(body, room), MOST)]


def _head(document: Document) -> str:
    """Name what a text is from, in front of each."""
    folder = f"{document.folder}/" if document.folder else ""
    name = document.label if document.kind == "cell" else folder + document.title
    return f"{name[: LONGEST // 5]}\n" if name else ""


def _body(document: Document) -> Iterator[str]:
    if document.kind in ("project", "prompt"):
        yield from (document.description, document.tags)
    yield document.markdown
    yield readable(document.source)
    yield document.output[:OUTPUT]


def readable(code: str) -> str:
    """Write code as the words in it: the model knows few of its signs."""
    return " ".join(word for name in _NAME.findall(code) for word in _HUMP.findall(name))


def _cut(text: str, room: int) -> Iterator[str]:
    """Cut a text at the end of a line or a word, if there is one in the second half."""
    while text := text.strip():
        end = len(text) if len(text) <= room else _end(text, room)
        yield text[:end]
        text = text[end:]


def _end(text: str, room: int) -> int:
    ends = (text.rfind(sign, room // 2, room) for sign in ("\n", " "))
    return next((end for end in ends if end > 0), room)
