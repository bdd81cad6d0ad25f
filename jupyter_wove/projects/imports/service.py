"""What can be made a project."""

from pathlib import Path

from jupyter_wove.accounts import Actor
from jupyter_wove.kit.contract import Upload
from jupyter_wove.kit.errors import Conflict, NotFound
from jupyter_wove.kit.jobs import Job, Jobs
from jupyter_wove.kit.units import Units
from jupyter_wove.projects.jobs import (
    ADOPT,
    COPY,
    UNPACK,
    AdoptArguments,
    CopyArguments,
    UnpackArguments,
)
from jupyter_wove.projects.models import FolderToAdopt, Title
from jupyter_wove.projects.store import ProjectStore
from jupyter_wove.projects.upkeep import folders_above
from jupyter_wove.projects.workspaces import Workspaces


class Imports:
    """Makes projects of folders, notebooks and archives."""

    def __init__(self, units: Units, workspaces: Workspaces, jobs: Jobs) -> None:
        self.units = units
        self.workspaces = workspaces
        self.jobs = jobs

    def adopt(self, actor: Actor, body: FolderToAdopt) -> Job:
        """Make a project of a folder where it lies, or of a copy of a notebook."""
        place = self.workspaces.place(body.path)
        if not place.exists():
            raise NotFound(f"There is no {body.path} below the root of this Jupyter server.")
        title = body.title or _title(place.stem if place.is_file() else place.name)
        with self.units.write() as unit:
            store = ProjectStore(unit.session)
            if store.by_folder(str(place)):
                raise Conflict(f"{body.path} is a project already. It may lie in the bin.")
            around = store.around(folders_above(place))
            if around and place.is_dir():
                raise Conflict(f"{body.path} belongs to the project {around.title} already.")
            arguments = AdoptArguments(actor, body.path, title)
            return self.jobs.enqueue(unit, ADOPT, arguments, actor.id)

    def unpack(self, actor: Actor, upload: Upload, title: Title) -> Job:
        """Make a project of an uploaded zip or tar archive."""
        return self._unpack(actor, upload.path, title)

    def copy(self, actor: Actor, source: Path, title: str | None) -> Job:
        """Make a project of a copy of any folder or archive of this machine.

        Only for those who sit at the machine: over HTTP it would read what is not shared.
        """
        source = source.resolve()
        if not source.exists():
            raise NotFound(f"There is no {source}.")
        title = title or _title(source.name.partition(".")[0])
        if source.is_file():
            return self._unpack(actor, source, title)
        with self.units.write() as unit:
            arguments = CopyArguments(actor, str(source), title)
            return self.jobs.enqueue(unit, COPY, arguments, actor.id)

    def _unpack(self, actor: Actor, archive: Path, title: str) -> Job:
        name = self.workspaces.keep_upload(archive)
        with self.units.write() as unit:
            arguments = UnpackArguments(actor, name, title)
            return self.jobs.enqueue(unit, UNPACK, arguments, actor.id)


def _title(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").strip()[:120] or "Project"
