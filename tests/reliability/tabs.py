"""A tab of a browser: what it shows stays when the line is cut, and when it is closed offline."""

from jupyter_ydoc import YNotebook
from pycrdt import Doc

from tests.reliability.books import content
from tests.reliability.typist import Typist

REPLACED = 4410


class Tab:
    """One notebook in one tab, which keeps what it has until the server has it."""

    def __init__(self, server, path):
        self.server, self.path = server, path
        self.copies = []  # of what could not be merged
        self.typist = None
        self.begin()

    def begin(self):
        """Show nothing yet."""
        self.book, self.epoch, self.is_sent = YNotebook(Doc()), "", True

    @property
    def doc(self):
        return self.book.ydoc

    @property
    def is_connected(self):
        return self.typist is not None

    async def connect(self):
        """Come back with what there is; begin anew where the server has another history."""
        self.typist = Typist(self.server, self.path, kind="json:notebook", epoch=self.epoch)
        self.typist.doc = self.doc
        await self.typist.__aenter__()
        if self.typist.has_gone.is_set():
            await self._begin_anew()
        else:
            self.epoch, self.stored_as = self.typist.epoch_told, self.typist.stored_as

    async def leave(self):
        """Lose the line."""
        if self.typist is not None:
            typist, self.typist = self.typist, None
            self.is_sent = self.is_sent and typist.stored >= typist.sent
            await typist.__aexit__()

    async def is_stored(self):
        """Wait until the server has all on its disk."""
        await self.typist.is_stored()
        self.is_sent = True

    def write(self, change):
        """Change the notebook as its user does."""
        self.is_sent = self.is_sent and self.is_connected
        with self.doc.transaction():
            change(self.book)

    def open_again(self):
        """Close the tab, and open it again with what the browser kept."""
        kept, self.book = self.doc.get_update(), YNotebook(Doc())
        self.doc.apply_update(kept)

    async def _begin_anew(self):
        assert self.typist.socket.close_code == REPLACED
        assert self.epoch, "Turned away without a history of its own."
        if not self.is_sent:
            self.copies.append(content(self.doc))
        await self.leave()
        self.begin()
        await self.connect()
