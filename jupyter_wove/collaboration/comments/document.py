"""The Y document that holds the comments of one file.

A map `threads` by id, each a map of `anchor`, `created`, `resolved` and an array `messages` of
maps. Every function runs within one transaction, and refuses before it changes anything.
"""

from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec

from jupyter_wove.collaboration.comments.anchors import Content, Piece
from jupyter_wove.collaboration.comments.models import Message, Resolution, Thread
from jupyter_wove.kit.errors import NotFound, TooLarge

if TYPE_CHECKING:
    from pycrdt import Array, Doc, Map

MOST_THREADS = 500
MOST_MESSAGES = 200
NOTEBOOK = "json:notebook:"


def threads(doc: "Doc[Any]") -> list[Thread]:
    """Read all threads, oldest first."""
    found = [_thread(id_, each) for id_, each in _all(doc).items()]
    return sorted(found, key=lambda thread: (thread.created, thread.id))


def thread(doc: "Doc[Any]", thread_id: UUID) -> Thread:
    """Read one thread. Raises NotFound."""
    return _thread(str(thread_id), _one(doc, thread_id))


def message(found: Thread, message_id: UUID) -> Message:
    """Find a message of a thread. Raises NotFound."""
    for each in found.messages:
        if each.id == message_id:
            return each
    raise NotFound("There is no such comment any more.")


def begin(doc: "Doc[Any]", begun: Thread) -> None:
    """Add a thread. Raises TooLarge."""
    from pycrdt import Array, Map  # noqa: PLC0415 — with the first document

    if len(_all(doc)) >= MOST_THREADS:
        raise TooLarge(f"A document has at most {MOST_THREADS} threads. Delete one first.")
    plain = msgspec.to_builtins(begun)
    messages = Array([Map(each) for each in plain["messages"]])
    del plain["id"]
    _all(doc)[str(begun.id)] = Map(plain | {"messages": messages})


def add(doc: "Doc[Any]", thread_id: UUID, said: Message) -> None:
    """Add a message to a thread. Raises NotFound, TooLarge."""
    from pycrdt import Map  # noqa: PLC0415 — with the first document

    messages = _messages(_one(doc, thread_id))
    if len(messages) >= MOST_MESSAGES:
        raise TooLarge(f"A thread has at most {MOST_MESSAGES} comments. Begin another one.")
    messages.append(Map(msgspec.to_builtins(said)))


def change(doc: "Doc[Any]", thread_id: UUID, said: Message) -> None:
    """Put a message in the place of the one with its id."""
    messages = _messages(_one(doc, thread_id))
    kept = messages[_place(messages, said.id)]
    for key, value in msgspec.to_builtins(said).items():
        if kept[key] != value:
            kept[key] = value


def remove(doc: "Doc[Any]", thread_id: UUID, message_id: UUID) -> None:
    """Take a message out, and its thread with the last one."""
    messages = _messages(_one(doc, thread_id))
    place = _place(messages, message_id)
    if len(messages) == 1:
        del _all(doc)[str(thread_id)]
    else:
        del messages[place]


def settle(doc: "Doc[Any]", thread_id: UUID, resolved: Resolution | None) -> None:
    """Say that a thread is settled, or that it is not."""
    _one(doc, thread_id)["resolved"] = msgspec.to_builtins(resolved)


def content(room: str, doc: "Doc[Any]") -> Content:
    """Read what is commented on, which is another document: its cells, or its text."""
    from pycrdt import Array, Text  # noqa: PLC0415 — with the first document

    if not room.startswith(NOTEBOOK):
        return str(doc.get("source", type=Text))
    cells: Array[Any] = doc.get("cells", type=Array)
    return [Piece(str(one["id"]), one["cell_type"], str(one["source"])) for one in cells]


def _all(doc: "Doc[Any]") -> "Map[Any]":
    from pycrdt import Map  # noqa: PLC0415 — with the first document

    found: Map[Any] = doc.get("threads", type=Map)
    return found


def _one(doc: "Doc[Any]", thread_id: UUID) -> "Map[Any]":
    found: Map[Any] | None = _all(doc).get(str(thread_id))
    if found is None:
        raise NotFound("There is no such thread any more.")
    return found


def _messages(one: "Map[Any]") -> "Array[Any]":
    found: Array[Any] = one["messages"]
    return found


def _place(messages: "Array[Any]", message_id: UUID) -> int:
    for place, each in enumerate(messages):
        if each["id"] == str(message_id):
            return place
    raise NotFound("There is no such comment any more.")


def _thread(id_: str, one: "Map[Any]") -> Thread:
    return msgspec.convert({"id": id_} | (one.to_py() or {}), Thread, strict=False)
