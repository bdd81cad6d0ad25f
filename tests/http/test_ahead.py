"""A server at rest has a runner make ready what first deployments need, where it is of use."""

import socket
from pathlib import Path

import pytest
from jupyter_wove_server.ahead import make_ready

from jupyter_wove.projects import Projects
from jupyter_wove.projects.models import NewProject
from tests.unit.journey import ask as do


@pytest.fixture
def serving(jp_serverapp, jp_asyncio_loop, tmp_path, monkeypatch):
    """What is served beside something that listens where Docker would."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as engine:
        engine.bind(str(tmp_path / "docker"))
        engine.listen()
        monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path / 'docker'}")
        serving = jp_serverapp.web_app.settings["wove_serving"]
        config = Path(serving.settings.data_dir) / "runner" / "wove_runner_config.py"
        config.parent.mkdir(parents=True)
        config.write_text("c.WoveRunner.docker_url = 'unix:///nowhere'\n")  # it would not answer
        yield serving


async def test_a_runner_is_started_where_there_is_a_project(serving):
    wove = await serving.change(lambda: serving.wove)
    do(wove, wove.directory.local(), Projects.create, NewProject("Waves"))
    await make_ready(serving, rest=0)
    assert wove.runner_socket.known()


async def test_no_runner_is_started_where_there_is_nothing_to_deploy(serving):
    wove = await serving.change(lambda: serving.wove)
    await make_ready(serving, rest=0)
    assert wove.runner_socket.known() is None
