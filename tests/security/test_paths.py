"""No path that a request names leads out of its project, or out of the root."""

import hashlib
from urllib.parse import quote

import pytest

from tests.corpora.paths import HARMLESS, REFUSED

SECRET = "the-secret-beside-the-root"
# The ways in which a path can be written into an address.
SPELLINGS = {
    "encoded": lambda path: quote(_bytes(path), safe=""),
    "encoded but for slashes": lambda path: quote(_bytes(path), safe="/"),
    "encoded twice": lambda path: quote(quote(_bytes(path), safe=""), safe=""),
}


@pytest.fixture(scope="module", autouse=True)
def secret(server):
    """Something beside the root and inside `.git` that nobody may read or change."""
    (server.folder / "secret").write_text(SECRET)
    (server.folder / "rootsibling").mkdir()
    (server.folder / "rootsibling" / "secret").write_text(SECRET)


@pytest.fixture
def untouched(server, project):
    """Check that no file has changed: neither in the root nor beside it."""
    before = _tree(server)
    yield
    assert _tree(server) == before


def _requests(project, path):
    """List the operations that take a path, with this one."""
    here = f"projects/{project['id']}"
    return [
        ("GET", f"{here}/diff", None, {"path": path, "base": "wove/1"}),
        ("GET", "projects/around", None, {"path": path}),
        ("POST", f"{here}/restore", {"version": "wove/1", "path": path}, None),
        ("POST", "imports/folder", {"path": path}, None),
    ]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_address_reads_outside_of_the_project(server, project, untouched, spelling):
    wrong = []
    for path in [*REFUSED, *HARMLESS, ".git/config", ".git/HEAD", "../.wove", "/README.md"]:
        address = f"projects/{project['id']}/files/{SPELLINGS[spelling](path)}"
        answer = server.api("GET", address)
        if not _is_refusal(answer) and not _lists_files(answer, path):
            wrong.append((path, answer))
    assert wrong == []


def test_no_refused_path_gets_through_any_operation(server, project, untouched):
    wrong = [
        (method, address, path, answer)
        for path in [each for each in REFUSED if each != "."]
        for method, address, body, query in _requests(project, path)
        if not _is_refusal(answer := _send(server, method, address, body, query))
    ]
    assert wrong == []


def test_odd_paths_that_are_not_there_are_said_not_to_be_there(server, project, untouched):
    wrong = [
        (method, address, path, answer)
        for path in [each for each in HARMLESS if each not in {"~", "*", "?"}]
        for method, address, body, query in _requests(project, path)
        if not _is_refusal(answer := _send(server, method, address, body, query))
    ]
    assert wrong == []


@pytest.mark.parametrize("path", HARMLESS)
def test_an_odd_name_is_a_name_like_any_other(server, project, path):
    folder = server.root / project["folder"]
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"This is {path}")
    version = server.api("POST", f"projects/{project['id']}/versions", {"message": "Odd"})
    assert version.status == 201, version
    read = server.api("GET", f"projects/{project['id']}/files/{quote(path, safe='')}")
    assert (read.status, read.content.decode()) == (200, f"This is {path}")
    file.write_text("Changed")
    restored = {"version": version.json["id"], "path": path}
    assert server.api("POST", f"projects/{project['id']}/restore", restored).status == 201
    assert file.read_text() == f"This is {path}"
    file.unlink()


def test_a_link_out_of_the_root_is_not_followed(server, project):
    (server.root / "way-out").symlink_to(server.folder)
    for path in ["way-out", "way-out/secret", "way-out/rootsibling"]:
        assert _is_refusal(server.api("POST", "imports/folder", {"path": path})), path
    (server.root / project["folder"] / "linked.txt").symlink_to(server.folder / "secret")
    server.api("POST", f"projects/{project['id']}/versions", {"message": "Linked"})
    for path in ["linked.txt", "way-out/secret"]:
        answer = server.api("GET", f"projects/{project['id']}/files/{path}")
        assert SECRET not in answer.content.decode()


def _send(server, method, address, body, query):
    try:
        return server.api(method, address, body, query=query)
    except UnicodeEncodeError:
        encoded = {name: _bytes(value) for name, value in query.items()}
        return server.api(method, address, body, query=encoded)


def _is_refusal(answer) -> bool:
    refused = 400 <= answer.status < 500 and answer.is_problem
    return refused and SECRET.encode() not in answer.content and b"/root/" not in answer.content


def _lists_files(answer, path) -> bool:
    """Tell whether what is left of the path, as HTTP reads it, is the list of files itself."""
    return not path and answer.status == 200


def _tree(server):
    """Take the digests of all files, but for what the server and git note for themselves."""
    own = {"data", "server.log", "runtime", "jupyter", "ipython", "uploads", "config.json"}
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in server.folder.rglob("*")
        if path.is_file()
        and path.relative_to(server.folder).parts[0] not in own
        and not {"objects", "wove"} & set(path.parts)
    }


def _bytes(path: str) -> bytes:
    return path.encode(errors="surrogatepass")
