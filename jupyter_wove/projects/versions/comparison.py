"""One file in two versions, compared the way its kind is read."""

from typing import TYPE_CHECKING

from jupyter_wove.kit.errors import NotFound, WoveError
from jupyter_wove.projects.notebooks import Notebook, diff_notebooks, diff_text, read_notebook
from jupyter_wove.projects.versions.models import FileDiff

if TYPE_CHECKING:
    from jupyter_wove.projects.repository import Repository


def compare(
    repository: "Repository", path: str, base: str, head: str, old_path: str | None
) -> FileDiff:
    """Compare `path` in `head` with itself, or `old_path`, in `base`; what is missing is empty."""
    old, new = read_in(repository, base, old_path or path), read_in(repository, head, path)
    if old is None and new is None:
        raise NotFound(f"There is no file {path} in either version.")
    return differences(path, old, new, old_path)


def differences(
    path: str, old: bytes | None, new: bytes | None, old_path: str | None = None
) -> FileDiff:
    """Compare two contents of the file at `path`, which was at `old_path`; None is no file."""
    if path.endswith(".ipynb") and (old_path or path).endswith(".ipynb"):
        try:
            return FileDiff(path, diff_notebooks(_notebook(old), _notebook(new)), None)
        except WoveError:
            pass  # not readable as a notebook: its lines can still be compared
    return FileDiff(path, None, diff_text(old or b"", new or b""))


def read_in(repository: "Repository", version: str, path: str) -> bytes | None:
    """Read a file of a version; None where there is none."""
    try:
        return repository.read(version, path)
    except NotFound:
        return None


def _notebook(content: bytes | None) -> Notebook:
    return read_notebook(content) if content else Notebook([], {})
