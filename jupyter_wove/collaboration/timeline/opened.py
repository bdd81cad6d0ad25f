"""Files that come to documents which somebody has open: into the room, never past it."""

from jupyter_wove.accounts import Actor
from jupyter_wove.collaboration.live import Live
from jupyter_wove.collaboration.reconciliation import edited
from jupyter_wove.collaboration.timeline.contents import (
    NOTEBOOK,
    content_in,
    content_of,
    written,
)
from jupyter_wove.kit.errors import WoveError
from jupyter_wove.projects import (
    Effort,
    merge_lines,
    merge_notebooks,
    read_notebook,
    write_notebook,
)


class OpenFiles:
    """Brings files into the documents that are open of them."""

    def __init__(self, live: Live) -> None:
        self.live = live

    def take(self, actor: Actor, path: str, content: bytes, base: bytes | None) -> bool:
        """Bring a content into the document of a file; tell whether it was open.

        With `base`, only what makes it differ from that: what others did stays.
        """
        if not self.live.is_open(path):
            return False
        room = self.live.room_of(path)
        kind = room.split(":")[1]
        state = self.live.read(room, lambda doc: doc.get_update())
        try:
            wanted = content_in(
                kind, content if base is None else _merged(kind, state, base, content)
            )
        except WoveError:
            return False  # no document can hold it: its room keeps it beside, as any such file
        if update := edited(kind, state, wanted):
            self.live.edit(room, lambda doc: doc.apply_update(update), str(actor.id))
        self.live.save(room)
        return True


def _merged(kind: str, state: bytes, base: bytes, theirs: bytes) -> bytes:
    """Merge into a document what makes one file of another."""
    ours = written(kind, content_of(kind, state))
    if kind == NOTEBOOK:
        books = (read_notebook(each) for each in (base, ours, theirs))
        return write_notebook(merge_notebooks(*books).notebook)
    was, is_, becomes = (each.decode(errors="replace") for each in (base, ours, theirs))
    return (merge_lines(was, is_, becomes, Effort(), 0) or "").encode()
