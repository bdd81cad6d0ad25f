"""What is done with projects in the background, because it may take long: import and remix."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from jupyter_wove.accounts import Action, Actor
from jupyter_wove.kit.errors import BadRequest, NotFound
from jupyter_wove.kit.jobs import JobRun, Jobs
from jupyter_wove.kit.units import Units
from jupyter_wove.projects.detection import facts_of
from jupyter_wove.projects.repository import LeftOut
from jupyter_wove.projects.service import Projects
from jupyter_wove.projects.signing import author
from jupyter_wove.projects.store import ProjectStore
from jupyter_wove.projects.tables import OriginRow, ProjectRow
from jupyter_wove.projects.workspaces import Workspaces

ADOPT, COPY, UNPACK = "projects.adopt", "projects.copy", "projects.unpack"
REMIX = "projects.remix"
OBEYED = {".git", ".jupyter", ".ipython"}

if TYPE_CHECKING:
    from jupyter_wove.projects.repository import Repository


class AdoptArguments(msgspec.Struct):
    """A folder or notebook, below the root, to make a project of."""

    actor: Actor
    path: str
    title: str


class CopyArguments(msgspec.Struct):
    """A folder anywhere on this machine to make a project of a copy of."""

    actor: Actor
    source: str
    title: str


class UnpackArguments(msgspec.Struct):
    """An archive, by its name among the uploads, to make a project of."""

    actor: Actor
    archive: str
    title: str


class RemixArguments(msgspec.Struct):
    """A project to remix."""

    actor: Actor
    project_id: UUID
    title: str


class Made(msgspec.Struct):
    """What the job made; `left_out` says which files did not come along, and why."""

    project_id: UUID
    folder: str | None
    left_out: list[LeftOut]


AnyArguments = AdoptArguments | CopyArguments | UnpackArguments | RemixArguments


class ProjectJobs:
    """The long work of the projects domain."""

    def __init__(self, units: Units, workspaces: Workspaces) -> None:
        self.units = units
        self.workspaces = workspaces
        self.projects = Projects(units, workspaces)

    def register(self, jobs: Jobs) -> None:
        """Tell the queue who does which kind of job."""
        jobs.kind(ADOPT, AdoptArguments, self.adopt, found=self._found)
        jobs.kind(COPY, CopyArguments, self.copy, found=self._found)
        jobs.kind(UNPACK, UnpackArguments, self.unpack, found=self._found)
        jobs.kind(REMIX, RemixArguments, self.remix, found=self._found)

    def adopt(self, run: JobRun, arguments: AdoptArguments) -> Made:
        """Make a project of a folder where it lies, or of a copy of a notebook."""
        place = self.workspaces.place(arguments.path)
        if place.is_dir():
            row = ProjectRow(id=run.job_id, title=arguments.title, adopted=True)
            row.folder = str(place)
            return self._made(run, arguments.actor, row, place)
        if place.suffix != ".ipynb":
            raise BadRequest(f"{arguments.path} is neither a folder nor a notebook.")
        with self.workspaces.staging(run.job_id) as folder:
            shutil.copyfile(place, folder / place.name)
            row = ProjectRow(id=run.job_id, title=arguments.title)
            return self._made(run, arguments.actor, row, folder)

    def copy(self, run: JobRun, arguments: CopyArguments) -> Made:
        """Make a project of a copy of a folder: its regular files, but no links."""
        with self.workspaces.staging(run.job_id) as folder:
            _copy_plain_files(Path(arguments.source), folder, run)
            row = ProjectRow(id=run.job_id, title=arguments.title)
            return self._made(run, arguments.actor, row, folder)

    def unpack(self, run: JobRun, arguments: UnpackArguments) -> Made:
        """Make a project of an archive, and let go of the upload unless it is needed again."""
        archive = self.workspaces.uploads / arguments.archive
        if not archive.exists():
            raise NotFound("The uploaded archive is gone. Upload it again.")
        try:
            return self._unpacked(run, arguments, archive)
        finally:
            if run.reason in {None, "cancelled"}:
                archive.unlink(missing_ok=True)

    def _unpacked(self, run: JobRun, arguments: UnpackArguments, archive: Path) -> Made:
        from jupyter_wove.kit.archives import Limits, extract  # noqa: PLC0415 — few are sent any

        with self.workspaces.staging(run.job_id) as folder:
            folder.rmdir()  # unpacking makes it itself
            extract(
                archive,
                folder,
                Limits(),
                strip=True,
                progress=lambda done, total: run.progress(done, total, "Unpacking"),
                cancelled=run.cancelled,
            )
            _remove_what_tools_obey(folder)
            row = ProjectRow(id=run.job_id, title=arguments.title)
            return self._made(run, arguments.actor, row, folder, archived=True)

    def remix(self, run: JobRun, arguments: RemixArguments) -> Made:
        """Make a project of one's own from another."""
        actor = arguments.actor
        with self.units.read() as unit:
            store = ProjectStore(unit.session)
            source = store.allowed(actor, arguments.project_id, Action.REMIX)
            tags = store.tags([source.id]).get(source.id, [])
        original = self.workspaces.repository(source)
        version = source.published_version or original.newest()
        with self.workspaces.staging(run.job_id) as folder:
            run.progress(0, 2, "Copying the files")
            left_out = original.materialise(version, folder, lambda path: True)
            self._first_version(run, actor, folder, f"Remix of {source.title}")
            origin = OriginRow(origin_id=source.id, version=version)
            row = _remix_of(source, run.job_id, arguments.title)
            project = self.projects.register(actor, row, tags, origin, run.unit)
        return Made(project.id, project.folder, left_out)

    def _found(self, job_id: UUID, arguments: AnyArguments) -> Made | None:
        """Find the project that an earlier attempt at the same job has made."""
        with self.units.read() as unit:
            row = unit.session.get(ProjectRow, job_id)
        if row is None:
            return None
        made = self.projects.get(arguments.actor, row.id)
        return Made(made.id, made.folder, [])

    def _made(
        self, run: JobRun, actor: Actor, row: ProjectRow, folder: Path, *, archived: bool = False
    ) -> Made:
        repository = self._first_version(run, actor, folder, f"Import {row.title}")
        facts = facts_of(repository, repository.newest())
        row.description = (facts.description or "")[:2000]
        row.licence, row.stack = facts.licence or "", facts.stack
        left_out = repository.left_out()  # now: registering moves the folder
        project = self.projects.register(actor, row, tags=[], write=run.unit, archived=archived)
        return Made(project.id, project.folder, left_out)

    def _first_version(
        self, run: JobRun, actor: Actor, folder: Path, message: str
    ) -> "Repository":
        run.check()
        run.progress(1, 2, "Saving the first version")
        repository = self.workspaces.repository_at(folder)
        repository.save_version(author(actor), message)
        return repository


def _copy_plain_files(source: Path, target: Path, run: JobRun) -> None:
    """Copy what is neither a link nor a device, and nothing that git or Jupyter would run."""

    def others(folder: str, names: list[str]) -> list[str]:
        return [name for name in names if name in OBEYED or not _is_plain(Path(folder, name))]

    def copy(file: str, to: str) -> None:
        run.check()
        run.progress(0, 0, f"Copying {Path(file).name}")
        shutil.copyfile(file, to)

    shutil.copytree(source, target, ignore=others, copy_function=copy, dirs_exist_ok=True)


def _remove_what_tools_obey(folder: Path) -> None:
    """Drop what git and Jupyter would run of an archive that somebody sent."""
    found = [path for name in OBEYED for path in folder.rglob(name)]
    for path in found:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def _is_plain(path: Path) -> bool:
    return not path.is_symlink() and (path.is_file() or path.is_dir())


def _remix_of(source: ProjectRow, project_id: UUID, title: str) -> ProjectRow:
    return ProjectRow(
        id=project_id,
        title=title,
        description=source.description,
        stack=list(source.stack),
        licence=source.licence,
        level=source.level,
    )
