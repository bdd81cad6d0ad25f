"""What `jupyter wove doctor` says of editing together."""

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from packaging.version import Version

from jupyter_wove.cli.findings import NETWORK_FILE_SYSTEMS, Finding, file_system

OLDEST, TOO_NEW = Version("3.0.4"), Version("3.1")  # of jupyter-server-ydoc, as we require it
RIVAL = "jupyter-server-documents"
RUNNER = "jupyter-server-nbmodel"
OPEN_DOOR = "jupyter-server-mcp"


def look(root: Path) -> Iterator[Finding]:
    """Look at what rooms need, for the projects below a folder."""
    found = _version("jupyter-server-ydoc")
    yield Finding(
        f"People can edit together (jupyter-server-ydoc {found or 'is not installed'})",
        found is not None and OLDEST <= found < TOO_NEW,
        f"Wove's rooms need a version from {OLDEST} to before {TOO_NEW}:"
        f' pip install "jupyter-server-ydoc>={OLDEST},<{TOO_NEW}"',
    )
    yield Finding(
        f"Nothing else opens documents ({RIVAL})",
        _version(RIVAL) is None,
        f"{RIVAL} answers at the same addresses as jupyter-collaboration, so that what people type"
        f" would not be kept by Wove. Remove one of them: pip uninstall {RIVAL}",
    )
    yield Finding(
        f"Nobody runs code here without signing in ({OPEN_DOOR})",
        _version(OPEN_DOOR) is None,
        f"{OPEN_DOOR} lets every program of this machine, of whomever, edit and run notebooks as"
        f" you, on a port of its own that asks for no token. Remove it: pip uninstall {OPEN_DOOR}",
    )
    yield Finding(f"Cells run {_where()}", True, "")
    system = file_system(root)
    is_shared = system in NETWORK_FILE_SYSTEMS
    yield Finding(f"Documents are files on {system}{_note() if is_shared else ''}", True, "")


def _where() -> str:
    found = _version(RUNNER)
    if found is not None:
        return f"on the server, also after their tab was closed ({RUNNER} {found})"
    return 'for as long as their tab is open; longer with: pip install "jupyter-wove[execution]"'


def _note() -> str:
    return (
        ": a network file system. Two servers that have the same file open learn of each other's"
        " changes from the file, a second late; open it on one of them"
    )


def _version(name: str) -> Version | None:
    try:
        return Version(version(name))
    except PackageNotFoundError:
        return None
