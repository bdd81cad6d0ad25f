"""What the runner built, brought to targets: files, a package or the name of an image."""

import asyncio
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

from jupyter_wove.deploy.targets.following import Stop, in_thread
from jupyter_wove.deploy.targets.models import Secret
from jupyter_wove.kit.archives import Limits, extract
from jupyter_wove.kit.errors import Conflict, NotFound, Unavailable
from jupyter_wove.runner import Built, Failed, Push, Release, Runner

MIB = 1024 * 1024
LIMITS = Limits(files=200_000, total=4096 * MIB, file=512 * MIB, free=4096 * MIB)
WORKER = "/app/.wove/worker.js"
LIBRARIES, PROGRAM = "/opt/env/lib", "/app"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same files are the same package


class FromRunner:
    """What the runner keeps of a release."""

    def __init__(self, runner: Runner, release: Release) -> None:
        self._runner = runner
        self._release = release

    async def site(self, folder: Path) -> None:
        """Write the files of a site, or of a worker, into a folder."""
        if self._release.site:
            await self._files(f"/v1/sites/{self._release.site}/archive", folder)
        else:
            await self._files(self._inside(WORKER), folder)

    async def package(self, path: Path) -> None:
        """Write a function and what it imports into a zip file."""
        with tempfile.TemporaryDirectory(prefix="wove-") as folder:
            libraries, program = Path(folder) / "libraries", Path(folder) / "program"
            await self._files(self._inside(LIBRARIES), libraries, strip=True)
            await self._files(self._inside(PROGRAM), program, strip=True)
            found = next(libraries.rglob("site-packages"), None)
            await asyncio.to_thread(_zip, path, [each for each in (found, program) if each])

    async def image(self, name: str, user: str, password: Secret) -> str:
        """Push the image to a registry; return the name with its digest. Raises Conflict."""
        if not self._release.image:
            raise NotFound("There is no image of this release.")
        wanted = Push(self._release.image, name, user, password.shown())
        return await in_thread(lambda stop: self._pushed(wanted, stop))

    def _pushed(self, wanted: Push, stop: Stop) -> str:
        with closing(self._runner.follow("/v1/images/push", wanted)) as messages:
            for message in messages:
                if isinstance(message, Failed):
                    raise Conflict(message.reason)
                if isinstance(message, Built):
                    return message.image
                if stop():
                    break
        raise Unavailable("The image was not pushed to its end. Try again.")

    def _inside(self, path: str) -> str:
        asked = {"image": self._release.image, "path": path}
        return f"/v1/images/archive?{urlencode(asked)}"

    async def _files(self, path: str, folder: Path, *, strip: bool = False) -> None:
        await asyncio.to_thread(self._fetched, path, folder, strip)

    def _fetched(self, path: str, folder: Path, strip: bool) -> None:
        with tempfile.TemporaryDirectory(prefix="wove-") as place:
            packed, unpacked = Path(place) / "files.tar", Path(place) / "files"
            with packed.open("wb") as file:
                self._runner.fetch(path, file)
            extract(packed, unpacked, LIMITS, strip=strip)
            folder.mkdir(exist_ok=True)
            for each in unpacked.iterdir():
                shutil.move(each, folder / each.name)  # which may be on another disk


def _zip(path: Path, folders: list[Path]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, file in _needed(folders):
            about = zipfile.ZipInfo(name, EPOCH)
            about.external_attr = 0o644 << 16
            about.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(about, file.read_bytes())


def _needed(folders: list[Path]) -> Iterator[tuple[str, Path]]:
    """List files by their names in the package; a later folder's go before an earlier one's."""
    found = {
        file.relative_to(folder).as_posix(): file
        for folder in folders
        for file in sorted(folder.rglob("*"))
        if file.is_file() and "__pycache__" not in file.parts
    }
    yield from sorted(found.items())
