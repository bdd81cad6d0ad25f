"""One server of two people for all tests of a file, with something to attack."""

import pytest

from tests.reliability.server import Server


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A real server of Ann and Bob."""
    folder = tmp_path_factory.mktemp("attacked") / "server"
    extensions = ("jupyter_server_ydoc", "jupyter_server_fileid")
    server = Server(folder, "Ann", "Bob", extensions=extensions)
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def project(server):
    """A published project of Ann's."""
    made = server.api("POST", "projects", {"title": "Waves", "template": "analysis"}).json
    server.api("GET", "me", name="Bob")
    return server.api("POST", f"projects/{made['id']}/publish", {}).json
