"""A server that would lose what people type does not start."""

import pytest

from tests.reliability.server import Server

RIVAL = "jupyter_server_documents"
CODE = """
def _jupyter_server_extension_points():
    return [{"module": "jupyter_server_documents"}]


def _load_jupyter_server_extension(app):
    pass
"""


@pytest.fixture
def server(tmp_path):
    """A server with another one's rooms beside it, in the folder where it starts."""
    server = Server(tmp_path / "server", "Ann", extensions=("jupyter_server_ydoc", RIVAL))
    (server.folder / f"{RIVAL}.py").write_text(CODE)
    yield server
    server.kill()


def test_who_answers_for_documents_is_one(server):
    with pytest.raises(AssertionError):
        server.start()
    assert f"jupyter server extension disable {RIVAL}" in server.log
    assert "Traceback" not in server.log.rpartition("does not start with both")[2]
