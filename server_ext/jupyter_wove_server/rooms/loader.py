"""The file of a document, as the rooms of jupyter-collaboration load, save and watch it."""

import asyncio
from datetime import datetime
from typing import Any

from jupyter_server.services.contents.fileio import FileManagerMixin
from jupyter_server.utils import ensure_async
from jupyter_server_ydoc.loaders import FileLoader
from jupyter_server_ydoc.utils import OutOfBandChanges
from tornado.web import HTTPError

from jupyter_wove_server.rooms.guarding import guard_of, place_of


class Loader(FileLoader):  # type: ignore[misc]
    """A file that is known as it was when somebody last loaded or saved it, and no later.

    Upstream's watcher takes a change for known once it has seen it: a save that comes before the
    change was loaded would write over it.
    """

    last_modified: datetime | None

    async def maybe_notify(self) -> None:
        """Tell the rooms of a file that it was moved, or changed by somebody else."""
        async with self._lock:
            path = self.path
            was_moved = path != self._current_path
            self._current_path: str = path
            found = await self._modified(path)
            was_changed = self.last_modified is not None and self.last_modified != found
        if was_moved:
            for tell in list(self._filepath_subscriptions.values()):
                await ensure_async(tell())
        if was_changed:
            for take_in in list(self._subscriptions.values()):
                await take_in()

    async def maybe_save_content(self, model: dict[str, Any]) -> dict[str, Any] | None:
        """Write the file; None where it may not be written. Raises OutOfBandChanges."""
        manager: Any = self._contents_manager
        guard = guard_of(manager)
        if guard is None or self.last_modified is None:
            return await self._saved(model)
        place = str(place_of(manager, self.path))
        with guard.expecting(place, self.last_modified) as writing:
            saved = await self._saved(model)
        if writing.written:
            self.last_modified = writing.written  # what came since is somebody else's
        return saved

    async def _saved(self, model: dict[str, Any]) -> dict[str, Any] | None:
        try:
            saved: dict[str, Any] | None = await super().maybe_save_content(model)
        except HTTPError as error:  # which the manager makes of whatever it meets
            if isinstance(error.__cause__, OutOfBandChanges):
                raise OutOfBandChanges from error
            raise
        return saved

    async def pass_over(self) -> None:
        """Take the file for known as it is now, whatever it holds."""
        async with self._lock:
            self.last_modified = await self._modified(self.path)

    async def is_cut_off(self) -> bool:
        """Tell whether a server died while it wrote the file, which is a part of itself now.

        Jupyter writes in place, and has a copy beside the file for as long as it does.
        """
        manager: Any = self._contents_manager
        if not isinstance(manager, FileManagerMixin):
            return False
        place = place_of(manager, self.path)
        return await asyncio.to_thread(place.with_name(f".~{place.name}").exists)

    async def _modified(self, path: str) -> Any:
        model = await ensure_async(self._contents_manager.get(path, content=False))
        return model["last_modified"]
