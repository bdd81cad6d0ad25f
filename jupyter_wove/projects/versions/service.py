"""What can be done with the versions of a project: save, list, read, compare, restore."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from uuid import UUID

from jupyter_wove.accounts import AccountStore, Action, Actor, PersonRef, PersonRow, authorize
from jupyter_wove.kit.columns import now
from jupyter_wove.kit.contract import Raw
from jupyter_wove.kit.errors import NotFound
from jupyter_wove.kit.paging import Page, check_limit
from jupyter_wove.kit.units import Unit, Units
from jupyter_wove.projects.models import VersionRestored, VersionSaved
from jupyter_wove.projects.repository import WORKING, Commit, HandOver, HistoryKind, Pushed
from jupyter_wove.projects.signing import author, author_id, author_ids
from jupyter_wove.projects.store import ProjectStore, facts
from jupyter_wove.projects.tables import ProjectRow
from jupyter_wove.projects.versions.comparison import compare, read_in
from jupyter_wove.projects.versions.models import (
    ChangedFile,
    FileDiff,
    FileEntry,
    NewVersion,
    OpenDocuments,
    Restoration,
    Version,
)
from jupyter_wove.projects.workspaces import Workspaces

NUMBERED = re.compile(r"wove/(\d{1,9})")
CHUNK = 256 * 1024  # bytes

if TYPE_CHECKING:
    from jupyter_wove.projects.repository import Repository


class Versions:
    """The versions of one project."""

    def __init__(
        self, units: Units, workspaces: Workspaces, documents: OpenDocuments | None = None
    ) -> None:
        self.units = units
        self.workspaces = workspaces
        self.documents = documents

    def history(
        self,
        actor: Actor,
        project_id: UUID,
        kind: HistoryKind = "all",
        after: str | None = None,
        limit: int = 50,
    ) -> Page[Version]:
        """List the versions, newest first; those who do not work on it see the published one."""
        check_limit(limit)
        row, works = self._row(actor, project_id, Action.SEE)
        repository = self.workspaces.repository(row)
        if not works:
            return Page(self._views(row, [repository.commit(_published(row))]), None)
        commits = repository.history(kind, after, limit + 1)
        following = commits[limit - 1].id if len(commits) > limit else None
        return Page(self._views(row, commits[:limit]), following)

    def touching(self, actor: Actor, project_id: UUID, path: str) -> list[Version]:
        """List the versions that changed a file, newest first, of the last thousands of all."""
        row, _ = self._row(actor, project_id, Action.READ_WORK)
        return self._views(row, self.workspaces.repository(row).touching(path))

    def save(self, actor: Actor, project_id: UUID, body: NewVersion) -> Version:
        """Save the files as they are now as a version."""
        row, _ = self._row(actor, project_id, Action.EDIT)
        repository = self.workspaces.repository(row)
        self.units.check_room()
        version = repository.save_version(author(actor), body.message, body.name)
        with self.units.write() as unit:
            self._touch(unit, actor, project_id)
            unit.emit(VersionSaved(project_id, version, by=actor.id))
        return self._views(row, [repository.commit(version)])[0]

    def as_it_is(self, actor: Actor, project_id: UUID, message: str) -> str:
        """Name the version that holds the files as they are now; save one if there is none."""
        row, _ = self._row(actor, project_id, Action.EDIT)
        repository = self.workspaces.repository(row)
        last = repository.history("named", None, 1)
        if last and not repository.changes(last[0].id):
            return last[0].id
        return self.save(actor, project_id, NewVersion(message)).id

    def restore(self, actor: Actor, project_id: UUID, body: Restoration) -> Version:
        """Bring one file or all files of a version back, as a new version.

        A document that somebody has open is changed for all who have it open.
        """
        row, _ = self._row(actor, project_id, Action.EDIT)
        repository = self.workspaces.repository(row)
        old = repository.commit(body.version)
        what = body.path or "all files"
        message = f"Restore {what} of {old.at:%Y-%m-%d %H:%M} UTC"
        self.units.check_room()
        hand_over = self._hand_over(actor, row, body.undoes)
        version = repository.restore(body.version, body.path, author(actor), message, hand_over)
        with self.units.write() as unit:
            self._touch(unit, actor, project_id)
            unit.emit(VersionRestored(project_id, version, by=actor.id))
        return self._views(row, [repository.commit(version)])[0]

    def files(self, actor: Actor, project_id: UUID, version: str | None = None) -> list[FileEntry]:
        """List the files of a version; of the newest one where none is named."""
        repository, version = self._readable(actor, project_id, version)
        return [FileEntry(each.path, each.size, each.kind) for each in repository.entries(version)]

    def file(self, actor: Actor, project_id: UUID, path: str, version: str | None = None) -> Raw:
        """Read a file of a version, as bytes."""
        repository, version = self._readable(actor, project_id, version)
        return Raw(_chunks(repository.open(version, path)), "application/octet-stream", path)

    def changes(
        self, actor: Actor, project_id: UUID, base: str, head: str = WORKING
    ) -> list[ChangedFile]:
        """List the files that differ between two versions, or a version and the files now."""
        repository = self._work(actor, project_id)
        return [
            ChangedFile(each.path, each.old_path, each.status)
            for each in repository.changes(base, head)
        ]

    def diff(
        self,
        actor: Actor,
        project_id: UUID,
        path: str,
        base: str,
        head: str = WORKING,
        old_path: str | None = None,
    ) -> FileDiff:
        """Compare one file in two versions: by cells for a notebook, by lines for text.

        `old_path` is what a renamed file was called in `base`.
        """
        return compare(self._work(actor, project_id), path, base, head, old_path)

    def archive(self, actor: Actor, project_id: UUID, version: str | None = None) -> Raw:
        """Download all files of a version as a zip: up to 10,000 files, 1 GB together."""
        from jupyter_wove.projects.versions.archive import zipped  # noqa: PLC0415 — few ask for one

        row, _ = self._row(actor, project_id, Action.SEE)
        repository, version = self._readable(actor, project_id, version)
        commit = repository.commit(version)
        content = zipped(repository, commit, row.slug)
        return Raw(content, "application/zip", f"{row.slug}-{commit.id[:7]}.zip", commit.id)

    def pushed(self, actor: Actor, project_id: UUID) -> Pushed | None:
        """Tell where git can fetch what is published from; None where from nowhere."""
        row, _ = self._row(actor, project_id, Action.SEE)
        if row.published_version is None:
            return None
        return self.workspaces.repository(row).pushed(row.published_version)

    def _hand_over(self, actor: Actor, row: ProjectRow, undoes: str | None) -> HandOver:
        """Make what hands files to the documents that are open of them."""
        repository, documents = self.workspaces.repository(row), self.documents
        folder, root = Path(row.folder), self.workspaces.root

        def hand_over(path: str, read: Callable[[], bytes]) -> bool:
            if documents is None or not folder.is_relative_to(root):
                return False
            base = read_in(repository, undoes, path) if undoes else None
            below = (folder / path).relative_to(root).as_posix()
            return documents.take(actor, below, read(), base)

        return hand_over

    def _row(self, actor: Actor, project_id: UUID, action: Action) -> tuple[ProjectRow, bool]:
        with self.units.read() as unit:
            store = ProjectStore(unit.session)
            row = store.allowed(actor, project_id, action)
            role = store.role(actor.id, project_id)
            return row, authorize(Action.READ_WORK, facts(row, role))

    def _work(self, actor: Actor, project_id: UUID) -> "Repository":
        row, _ = self._row(actor, project_id, Action.READ_WORK)
        return self.workspaces.repository(row)

    def _readable(
        self, actor: Actor, project_id: UUID, version: str | None
    ) -> "tuple[Repository, str]":
        """Open a project at a version; those who do not work on it read the published one."""
        row, works = self._row(actor, project_id, Action.SEE)
        repository = self.workspaces.repository(row)
        if works:
            return repository, version or repository.newest()
        if version not in {None, row.published_version}:
            raise NotFound("This version was not published.")
        return repository, _published(row)

    def _touch(self, unit: Unit, actor: Actor, project_id: UUID) -> None:
        """Note that a project changed, where it may still be changed."""
        row = ProjectStore(unit.session).allowed(actor, project_id, Action.EDIT)
        row.updated = now()

    def _views(self, row: ProjectRow, commits: list[Commit]) -> list[Version]:
        with self.units.read() as unit:
            people = AccountStore(unit.session).people(author_ids(commits))
        return [
            Version(
                id=commit.id,
                name=None if _number(commit.tag) else commit.tag,
                number=_number(commit.tag),
                message=commit.message,
                author=_author(commit, people),
                at=commit.at,
                automatic=commit.automatic,
                published=commit.id == row.published_version,
            )
            for commit in commits
        ]


def _author(commit: Commit, people: dict[UUID, PersonRow]) -> PersonRef | None:
    """Name who signed a commit; None where it was not signed by Wove."""
    id_ = author_id(commit)
    row = people.get(id_) if id_ else None
    return PersonRef(row.handle, row.name) if row else None


def _number(tag: str | None) -> int | None:
    """Tell the number of a version that was given no name."""
    found = NUMBERED.fullmatch(tag or "")
    return int(found[1]) if found else None


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    with file:
        yield from iter(partial(file.read, CHUNK), b"")


def _published(row: ProjectRow) -> str:
    if row.published_version is None:
        raise NotFound("Nothing of this project is published.")
    return row.published_version
