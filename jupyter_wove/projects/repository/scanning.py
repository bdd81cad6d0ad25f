"""Find the files of a project folder that belong into a version."""

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

import pygit2

from jupyter_wove.projects.repository.names import refused, unwanted
from jupyter_wove.projects.repository.place import Place
from jupyter_wove.projects.repository.records import LeftOut


@dataclass
class Scan:
    """The files found, by path, and what was passed over without being ignored."""

    files: dict[str, os.stat_result] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)


def scan(place: Place, git: pygit2.Repository) -> Scan:
    """Walk through the folder; links are never followed, and nothing is opened."""
    found = Scan()
    walk = _Walk(git, _tracked(git), found)
    folders = [(place.folder, "")]
    while folders:
        folder, prefix = folders.pop()
        folders += walk.folder(folder, prefix)
    return found


@dataclass
class _Walk:
    git: pygit2.Repository
    tracked: set[str]
    found: Scan

    def folder(self, folder: Path, prefix: str) -> list[tuple[Path, str]]:
        try:
            with os.scandir(folder) as entries:
                names = list(entries)
        except OSError:
            self.leave_out(prefix, "this folder cannot be read")
            return []
        return [(Path(e.path), f"{prefix}{e.name}/") for e in names if self.enters(e, prefix)]

    def enters(self, entry: os.DirEntry[str], prefix: str) -> bool:
        """Note a file; tell whether the entry is a folder to walk into."""
        path = prefix + entry.name
        if unwanted(entry.name) or (not prefix and entry.name == ".git"):
            return False
        if reason := refused(entry.name):
            self.leave_out(path, reason)
        elif self.git.path_is_ignored(path) and path not in self.tracked:
            return False
        elif entry.is_dir(follow_symlinks=False):
            return self.belongs(entry, path)
        else:
            self.note(entry, path)
        return False

    def belongs(self, entry: os.DirEntry[str], path: str) -> bool:
        if not os.path.lexists(f"{entry.path}/.git"):
            return True
        self.leave_out(path, "it is a git repository of its own")
        return False

    def note(self, entry: os.DirEntry[str], path: str) -> None:
        try:
            found = entry.stat(follow_symlinks=False)
        except OSError:
            return  # it vanished a moment ago
        if stat.S_ISREG(found.st_mode):
            self.found.files[path] = found
        else:
            kind = "a link" if stat.S_ISLNK(found.st_mode) else "a device, socket or pipe"
            self.leave_out(path, f"it is {kind}")

    def leave_out(self, path: str, reason: str) -> None:
        readable = path.encode(errors="surrogateescape").decode(errors="replace")
        self.found.left_out.append(LeftOut(readable, reason))


def _tracked(git: pygit2.Repository) -> set[str]:
    """List the user's own staged files with their folders: they count even if ignored."""
    try:
        paths = [os.fspath(entry.path) for entry in git.index]
    except pygit2.GitError:
        return set()  # an index in a format that only newer git can read
    folders = {str(parent) for path in paths for parent in Path(path).parents}
    return {*paths, *folders}
