"""A scripted model, and a server whose persona asks it."""

import pytest

from jupyter_wove.ai.scripted import serving
from tests.reliability.agents.asking import DONE, new_server, prepare


@pytest.fixture(scope="module")
def served():
    with serving() as (url, server):
        server.url = url
        yield server


@pytest.fixture
def model(served):
    """A scripted model that gives the replies of `says`, one after the other."""
    served.asked.clear()

    def says(*replies):
        waiting = list(replies)
        served.script = lambda asked: waiting.pop(0) if waiting else DONE

    served.says = says
    return served


@pytest.fixture(scope="module")
def shared(tmp_path_factory, served):
    server = new_server(tmp_path_factory.mktemp("agents") / "server", served)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def server(shared, model, request):
    """A server with a notebook and a chat of this test's own."""
    shared.book, shared.chat = f"{request.node.name[:40]}.ipynb", f"{request.node.name[:40]}.chat"
    prepare(shared, shared.book, shared.chat)
    return shared
