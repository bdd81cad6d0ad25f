"""Where the files of projects are.

A row keeps the absolute path, for the same person may start Jupyter in several folders. New
projects are made below the root of this server; those elsewhere are served from where they lie.
"""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from itertools import chain, count
from os.path import lexists
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from jupyter_wove.kit.blobs import Blobs
from jupyter_wove.kit.columns import new_id
from jupyter_wove.kit.errors import Conflict
from jupyter_wove.kit.files import durable
from jupyter_wove.kit.paths import inside
from jupyter_wove.projects.tables import ProjectRow

# Beside the project, so that moving from there and to there is one rename on one file system.
BIN, STAGING = ".wove/bin", ".wove/new"
UPLOADS_KEPT = timedelta(days=7)
STAGED_KEPT = timedelta(days=1)

if TYPE_CHECKING:
    from jupyter_wove.projects.repository import Repository


class Workspaces:
    """The folders of all projects."""

    def __init__(self, root: Path, blobs: Blobs, uploads: Path) -> None:
        self.root = root.resolve()
        self.blobs = blobs
        self.uploads = uploads

    def folder(self, row: ProjectRow) -> Path:
        """Find the folder of a project. Raises Conflict where it is gone."""
        folder = Path(row.folder)
        if not folder.is_dir():
            self.settle(row)
        if not folder.is_dir():
            raise Conflict(f"The folder {row.folder} of this project is gone. Put it back first.")
        return folder

    def repository(self, row: ProjectRow) -> "Repository":
        """Open the repository of a project."""
        return self.repository_at(self.folder(row))

    def repository_at(self, folder: Path) -> "Repository":
        """Open the repository in a folder, or make one there."""
        from jupyter_wove.projects.repository import Repository  # noqa: PLC0415 — late: see there

        return Repository.open_or_adopt(folder, self.blobs)

    def keep_upload(self, archive: Path) -> str:
        """Keep an archive until its job has unpacked it; return its name among the uploads."""
        self.uploads.mkdir(parents=True, exist_ok=True)
        name = new_id().hex
        with archive.open("rb") as source, durable(self.uploads / name) as target:
            shutil.copyfileobj(source, target)
        return name

    def drop_old_uploads(self) -> None:
        """Remove the uploads whose job was never done."""
        before = time.time() - UPLOADS_KEPT.total_seconds()
        for path in self.uploads.glob("*"):
            if path.stat().st_mtime < before:
                path.unlink(missing_ok=True)

    @contextmanager
    def staging(self, project_id: UUID) -> Iterator[Path]:
        """Make a folder for a project to be; it goes where the project does not come about."""
        folder = self.root / STAGING / str(project_id)
        shutil.rmtree(folder, ignore_errors=True)  # what an attempt that was killed left
        folder.mkdir(parents=True)
        try:
            yield folder
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def left_staged(self) -> list[Path]:
        """List the folders of projects to be that nobody has worked on for a day."""
        before = time.time() - STAGED_KEPT.total_seconds()
        return [path for path in self.root.glob(f"{STAGING}/*") if path.stat().st_mtime < before]

    def free_place(self, slug: str, taken: Callable[[str], set[str]]) -> str:
        """Find a place below the root where nothing is; `taken` lists the promised ones."""
        first = str(self.root / slug)
        promised = taken(first)
        places = chain([first], (f"{first}-{number}" for number in count(2)))
        return next(each for each in places if each not in promised and not lexists(each))

    def settle(self, row: ProjectRow) -> None:
        """Move the folder of a stored project to its place, where it is not there yet."""
        staged = Path(row.folder).parent / STAGING / str(row.id)
        if staged.is_dir():
            # Whoever reads the project, such as the index, moves it in too, and may be first.
            with suppress(FileNotFoundError):
                staged.rename(row.folder)

    def place(self, path: str) -> Path:
        """Find a folder or file by its path below the root; the root itself is `.`."""
        return self.root if path == "." else inside(self.root, path)

    def put_away(self, row: ProjectRow) -> None:
        """Move the folder of a deleted project into the bin, unless it was there before Wove."""
        place, bin_ = Path(row.folder), _bin(row)
        if not row.adopted and place.is_dir():
            bin_.parent.mkdir(parents=True, exist_ok=True)
            place.rename(bin_)

    def bring_back(self, row: ProjectRow) -> None:
        """Move a project's folder out of the bin, where it is not back already.

        Raises Conflict where its place is taken. The row changes after this, and before
        `put_away`: a crash between the two leaves a folder in its place, never lost in the bin.
        """
        place, bin_ = Path(row.folder), _bin(row)
        if row.adopted or not bin_.exists():
            return
        if place.exists():
            raise Conflict(f"{row.folder} is taken now. Rename it, then bring the project back.")
        bin_.rename(place)

    def purge(self, row: ProjectRow) -> None:
        """Remove what lies in the bin for good."""
        if not row.adopted:
            shutil.rmtree(_bin(row), ignore_errors=True)


def _bin(row: ProjectRow) -> Path:
    return Path(row.folder).parent / BIN / str(row.id)
