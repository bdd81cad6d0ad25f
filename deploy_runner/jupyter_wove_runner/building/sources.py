"""The files of builds as they come in: one archive for each, kept until it is built."""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

from jupyter_wove.kit.archives import Limits
from jupyter_wove.kit.errors import NotFound, TooLarge
from jupyter_wove_runner.building.marks import DAY
from jupyter_wove_runner.building.threads import unpack
from jupyter_wove_runner.building.trees import PIECE

MOST_FILES = 50_000


class Sources:
    """The folder in which they lie."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        self._folder = folder
        self._largest = megabytes * PIECE
        self._limits = Limits(files=MOST_FILES, total=self._largest, file=self._largest)

    async def receive(self, id_: UUID, pieces: AsyncIterator[bytes]) -> None:
        """Keep an archive. Raises TooLarge, and then nothing is kept."""
        self._folder.mkdir(parents=True, exist_ok=True)
        draft = self._archive(id_).with_suffix(".part")
        try:
            await self._write(draft, pieces)
            draft.replace(self._archive(id_))
        finally:
            draft.unlink(missing_ok=True)

    @asynccontextmanager
    async def unpacked(self, id_: UUID) -> AsyncIterator[Path]:
        """Have the files; nothing is left of them. Raises NotFound, and what `extract` raises."""
        archive, folder = self._archive(id_), self._folder / id_.hex
        if not archive.exists():
            raise NotFound("The files to build have not been sent.")
        try:
            await unpack(archive, folder, self._limits)
            yield folder
        finally:
            archive.unlink(missing_ok=True)
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)

    def open(self) -> None:
        """Remove what a runner left which was killed."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def sweep(self) -> None:
        """Remove archives that came long ago, and that nobody asked to build."""
        for archive in self._folder.glob("*.tar"):
            if time.time() - archive.stat().st_mtime > DAY:
                archive.unlink()

    async def _write(self, draft: Path, pieces: AsyncIterator[bytes]) -> None:
        size = 0
        with draft.open("wb") as file:
            async for piece in pieces:
                size += await asyncio.to_thread(file.write, piece)
                if size > 2 * self._largest:  # headers and padding of a tar
                    raise TooLarge(f"The files take more than {self._largest // PIECE} MB.")

    def _archive(self, id_: UUID) -> Path:
        return self._folder / f"{id_.hex}.tar"
