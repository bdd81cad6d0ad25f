"""Where else the files of a version can be had: at the address they were pushed to with git."""

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from urllib.parse import urlsplit

import pygit2
from pygit2.enums import SortMode

from jupyter_wove.projects.repository.contents import commit_of, files, followed
from jupyter_wove.projects.repository.place import Place
from jupyter_wove.projects.repository.records import Pushed

URL = "remote.origin.url"
TRACKED = "refs/remotes/origin/"
MOST_COMMITS = 10_000  # looked through; a page must not wait for a whole history
ALIASES = {"altssh.gitlab.com": "gitlab.com", "ssh.github.com": "github.com"}
# By "git@" one knows a forge, which serves the same path over https; me@server is somebody's own.
_SCP = re.compile(r"git@([^/:@]+):/?([^/].*)")
_HOST = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9-]{1,63}\.)+[a-z][a-z0-9-]*", re.ASCII)
_PATH = re.compile(r"[\w.~+%-]{1,255}(?:/[\w.~+%-]{1,255}){0,20}", re.ASCII)


def pushed(place: Place, git: pygit2.Repository, version: str) -> Pushed | None:
    """Find a commit on the remote `origin` with the files of a version, as last heard of it.

    None where there is none, or where its large files are only in the blob store.
    """
    address = public_address(_origin(place))
    if address is None:
        return None
    tree = commit_of(git, version).tree
    commit = next((each for each in _tracked(git) if each.tree_id == tree.id), None)
    if commit is None or any(followed(place, git, str(item.id)) for _, item in files(tree)):
        return None
    return Pushed(address, str(commit.id))


def public_address(url: str) -> str | None:
    """Write the address of a remote as https, without credentials; None where it has none."""
    if found := _SCP.fullmatch(url):
        return _https(found[1], None, found[2])
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.query or parts.fragment:
        return None
    if parts.scheme == "ssh" and parts.username == "git":
        return _https(parts.hostname, None, parts.path)  # the port is that of ssh
    return _https(parts.hostname, port, parts.path) if parts.scheme == "https" else None


def _https(host: str | None, port: int | None, path: str) -> str | None:
    host, path = (host or "").lower(), path.strip("/")
    if not _HOST.fullmatch(host) or not _PATH.fullmatch(path) or {".", ".."} & {*path.split("/")}:
        return None
    behind = f":{port}" if port else ""
    return f"https://{ALIASES.get(host, host)}{behind}/{path}"


def _origin(place: Place) -> str:
    """Read where `origin` is from the project's own configuration, not from the server's."""
    path = place.git_folder / "config"
    config = pygit2.Config(str(path)) if path.is_file() else pygit2.Config()
    return next((url for url in config.get_multivar(URL) if url), "")


def _tracked(git: pygit2.Repository) -> Iterator[pygit2.Commit]:
    walk = git.walk(None, SortMode.TIME)
    for raw in git.raw_listall_references():
        name = raw.decode(errors="replace")
        if name.startswith(TRACKED):
            with suppress(KeyError, pygit2.GitError):  # points to what is gone, or to no commit
                walk.push(git.references[name].peel(pygit2.Commit).id)
    return islice(walk, MOST_COMMITS)
