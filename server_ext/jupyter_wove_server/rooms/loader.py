"""The file of a document, as the rooms of jupyter-collaboration load, save and watch it."""

import asyncio
from pathlib import Path
from typing import Any

from jupyter_server.services.contents.fileio import FileManagerMixin
from jupyter_server.utils import ensure_async
from jupyter_server_ydoc.loaders import FileLoader


class Loader(FileLoader):  # type: ignore[misc]
    """A file that is known as it was when somebody last loaded or saved it, and no later.

    Upstream's watcher takes a change for known once it has seen it: a save that comes before the
    change was loaded would write over it.
    """

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
        place = Path(manager._get_os_path(self.path))  # type: ignore[no-untyped-call]
        return await asyncio.to_thread(place.with_name(f".~{place.name}").exists)

    async def _modified(self, path: str) -> Any:
        model = await ensure_async(self._contents_manager.get(path, content=False))
        return model["last_modified"]
