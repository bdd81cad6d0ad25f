"""Pack loose objects with git, so that a hundred versions of a notebook take little room.

`git gc` would obey the configuration of the project, which can name commands to run. These two
plumbing commands work from an empty repository of our own that only borrows the objects. They
need no references and drop nothing but loose copies of what is in a pack.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from jupyter_wove.kit.errors import Unavailable
from jupyter_wove.projects.repository.place import Place

ENOUGH = 200  # loose objects that are worth a pack
DEADLINE = 600  # seconds
# Notebooks up to 100 MB are stored as differences; larger files are not in git anyway.
_SETTINGS = ["core.bigFileThreshold=100m", "pack.windowMemory=256m", "pack.threads=1"]
_FOLDER = re.compile(r"[0-9a-f]{2}", re.ASCII)
_FILE = re.compile(r"[0-9a-f]{38}", re.ASCII)


def maintain(place: Place) -> bool:
    """Pack the loose objects if there are many; tell whether it was done (it needs git)."""
    objects = place.git_folder / "objects"
    loose = _loose(objects)
    program = shutil.which("git")
    if program is None or len(loose) < ENOUGH:
        return False
    with TemporaryDirectory() as empty:
        _git(program, Path(empty), objects, "init", "-q", "--bare", "--template=", ".")
        pack = str(objects / "pack" / "pack")
        _git(program, Path(empty), objects, "pack-objects", "-q", pack, given="\n".join(loose))
        _git(program, Path(empty), objects, "prune-packed", "-q")
    return True


def _loose(objects: Path) -> list[str]:
    folders = [path for path in objects.iterdir() if _FOLDER.fullmatch(path.name)]
    return [
        folder.name + file.name
        for folder in folders
        for file in folder.iterdir()
        if _FILE.fullmatch(file.name)
    ]


def _git(program: str, folder: Path, objects: Path, *words: str, given: str = "") -> None:
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    try:
        subprocess.run(  # noqa: S603 -- a fixed list of words, no shell
            [program, *settings, *words],
            cwd=folder,
            env=_environment(folder, objects),
            input=given,
            text=True,
            capture_output=True,
            check=True,
            timeout=DEADLINE,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise Unavailable("git could not pack the versions of this project.") from error


def _environment(folder: Path, objects: Path) -> dict[str, str]:
    return {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(folder),
        "GIT_DIR": str(folder),
        "GIT_OBJECT_DIRECTORY": str(objects),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
