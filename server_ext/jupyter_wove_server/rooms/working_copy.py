"""The file of a room: written from the document, and taken in where somebody else changed it."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from jupyter_server.utils import ensure_async
from jupyter_server_ydoc.utils import OutOfBandChanges
from pycrdt import Doc

from jupyter_wove_server.rooms.contents import nearest, summed_up
from jupyter_wove_server.rooms.digests import digest
from jupyter_wove_server.rooms.loader import Loader
from jupyter_wove_server.rooms.store import LogStore

MOST_TRIES = 5  # to write a file that somebody else is writing too


class Saved(NamedTuple):
    """What was written: the hash of the file, and the digest of its content."""

    hash: str
    digest: str


class WorkingCopy:
    """The file of one document: a copy of it whose ancestor in the history is known.

    `apply` brings an update into the document, `tell` a sentence to the people in the room.
    """

    def __init__(
        self,
        file: Loader,
        kind: tuple[str, str],
        doc: "Doc[Any]",
        store: LogStore,
        apply: Callable[[bytes], None],
        tell: Callable[[str], None],
    ) -> None:
        self.file = file
        self.format, self.type = kind
        self.doc = doc
        self.store = store
        self.apply = apply
        self.tell = tell
        self._busy = asyncio.Lock()
        self._taken = ""  # the digest of the file as it was taken in, until it is written again

    async def load(self) -> Any:
        """Read the file."""
        return (await self.file.load_content(self.format, self.type))["content"]

    async def is_behind(self) -> bool:
        """Tell whether the document goes on from what the file holds; take that in if not."""
        if self.store.was_writing and await self.file.is_cut_off():
            await self.file.pass_over()
            return True
        content = await self.load()
        found = digest(content)
        if found in self.store.current:
            await self.settle(found)
            return False
        if found in self.store.behind:
            return await self._differs(found)
        return await self.take_in(content)

    async def catch_up(self) -> bool:
        """Take in what somebody changed in the file; tell whether the file is behind after it.

        Nobody writes the file from when it is read until what it says is in the document.
        """
        async with self._busy:
            return await self._catch_up()

    async def take_in(self, content: Any) -> bool:
        """Merge what somebody changed in the file; tell whether the file is behind after it.

        A file of which nobody knows what it was made from is kept beside, and changes nothing.
        """
        found = digest(content)
        await self.store.flush()
        state, bases = self.doc.get_update(), await self.store.bases()
        merged = await asyncio.to_thread(self._merged, state, bases, content)
        if merged.is_unrelated:
            await self._keep_beside(content)
        elif merged.update is not None:
            await self.store.merge(merged.update, found)
            self.apply(merged.update)
        self._taken = found
        return await self._differs(found)

    async def save(self) -> Saved | None:
        """Write the file; None where it may not be written.

        Takes in first what somebody else wrote meanwhile. Raises what the contents manager raises.
        """
        async with self._busy:
            for _ in range(MOST_TRIES):
                try:
                    return await self._save()
                except OutOfBandChanges:
                    await self._catch_up()
        raise OutOfBandChanges

    async def settle(self, written: str) -> None:
        """Note that the file holds all that there is."""
        await self.store.written(written, await self.store.cut())

    async def _catch_up(self) -> bool:
        content = await self.load()
        found = digest(content)
        if found == self._taken:  # by who else noticed that the file was changed
            return await self._differs(found)
        return await self.take_in(content)

    async def _save(self) -> Saved | None:
        state, stored = self.doc.get_update(), self.store.cut()
        content, found = await asyncio.to_thread(summed_up, self.type, state)
        position = await stored
        await self.store.writing(found, position)
        saved = await self.file.maybe_save_content(
            {"format": self.format, "type": self.type, "content": content}
        )
        if saved is None:
            return None
        await self.store.written(found, position)
        self._taken = ""
        return Saved(saved["hash"], found)

    async def _differs(self, found: str) -> bool:
        state, stored = self.doc.get_update(), self.store.cut()
        _, held = await asyncio.to_thread(summed_up, self.type, state)
        if held == found:
            await self.store.written(found, await stored)
        return held != found

    def _merged(self, state: bytes, bases: list[bytes], content: Any) -> Any:
        from jupyter_wove.collaboration import reconcile  # noqa: PLC0415 — with all of Wove, late

        return reconcile(self.type, state, nearest(self.type, bases, content), content)

    async def _keep_beside(self, content: Any) -> None:
        manager: Any = self.file._contents_manager
        path = PurePosixPath(self.file.path)
        wanted = f"{path.stem} (found on disk {datetime.now():%Y-%m-%d}){path.suffix}"
        name = await ensure_async(manager.increment_filename(wanted, str(path.parent)))
        model = {"format": self.format, "type": self.type, "content": content}
        await ensure_async(manager.save(model, str(path.parent / name)))
        self.tell(
            f"The file was replaced by one that does not come from this document."
            f" It is kept as “{name}”; here you go on as before."
        )
