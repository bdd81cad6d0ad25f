"""Archives of what was built: the files of a site, or a folder of an image."""

import asyncio
import re
import tarfile
import tempfile
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path
from typing import IO

from jupyter_wove.kit.errors import NotFound
from jupyter_wove_runner.policy import Policy
from jupyter_wove_runner.sandboxes import Sandboxes

PIECE = 1024 * 1024  # bytes
NAME = re.compile(r"[0-9a-f]{64}")
FOLDERS = ("/app", "/opt/env/")
PACKED_AHEAD = (".br", ".gz", ".webp")  # for our own proxy; others do that themselves


async def of_site(sites: Path, name: str) -> AsyncIterator[bytes]:
    """Read the files of a site, in pieces. Raises NotFound."""
    folder = sites / name
    if not NAME.fullmatch(name) or not folder.is_dir():
        raise NotFound("There is no such site any more. Deploy it anew.")
    with tempfile.TemporaryFile() as file:
        await asyncio.to_thread(_pack, folder, file)
        while piece := await asyncio.to_thread(file.read, PIECE):
            yield piece


async def of_image(here: Sandboxes, image: str, path: str) -> AsyncIterator[bytes]:
    """Read a file or folder of an image, in pieces; nothing of it runs. Raises NotFound."""
    if ".." in path.split("/") or not path.startswith(FOLDERS):
        raise NotFound(f"{path} is nothing that was built.")
    labels = here.engine.ours(role="leaving")
    async with (
        here.engine.container(image, ["true"], Policy(), labels=labels) as container,
        aclosing(container.archive(path)) as pieces,  # type: ignore[type-var]
    ):
        async for piece in pieces:
            yield piece


def _pack(folder: Path, file: IO[bytes]) -> None:
    with tarfile.open(fileobj=file, mode="w") as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not _is_packed_ahead(path):
                archive.add(path, path.relative_to(folder).as_posix(), recursive=False)
    file.seek(0)


def _is_packed_ahead(path: Path) -> bool:
    return path.suffix in PACKED_AHEAD and path.with_suffix("").is_file()
