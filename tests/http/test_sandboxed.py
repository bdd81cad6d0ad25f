"""The server decides which kernels run in a sandbox, however a browser asks for them.

This is also the contract with jupyter_server and jupyter_client, whose insides the seam leans on.
"""

import json
from uuid import UUID

import pytest
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager
from jupyter_client.multikernelmanager import MultiKernelManager
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from jupyter_wove_server.sandboxed import seam
from jupyter_wove_server.sandboxed.ends import ENDED

from jupyter_wove.projects import Projects, Publications, Trusts
from jupyter_wove.projects.models import NewProject
from jupyter_wove.projects.publication.models import NewRemix, Publication
from jupyter_wove.projects.trust.models import Trusting
from tests.unit.journey import ask as do


@pytest.fixture
def wove(jp_serverapp, jp_asyncio_loop, monkeypatch):
    monkeypatch.setenv("DOCKER_HOST", "unix:///nowhere/docker.sock")
    jp_asyncio_loop.run_until_complete(jp_serverapp.extension_manager.start_all_extensions())
    return jp_serverapp.web_app.settings["wove_serving"].wove


@pytest.fixture
def owner(wove):
    return wove.directory.local()


@pytest.fixture
def own(wove, owner):
    return do(wove, owner, Projects.create, NewProject("Waves"))


@pytest.fixture
def remix(wove, owner, own):
    do(wove, owner, Publications.publish, own.id, Publication())
    job = wove.jobs.wait(do(wove, owner, Publications.remix, own.id, NewRemix()).id, 30)
    return do(wove, owner, Projects.get, UUID(job.result["project_id"]))


@pytest.fixture
def start(ask, jp_serverapp):
    """Ask for a session or a kernel; return the status, and the kernel or the message."""

    async def started(way, path, name="python3"):
        address, body = {
            "session": ("api/sessions", {"path": path, "type": "notebook", "name": "n"}),
            "kernel": ("api/kernels", {"path": path, "name": name}),
        }[way]
        if way == "session":
            body["kernel"] = {"name": name}
        answer = await ask("POST", address, body=body)
        content = json.loads(answer.body)
        return answer.code, content.get("kernel", content) if answer.code < 400 else content

    yield started


@pytest.fixture(autouse=True)
def shut_down(jp_serverapp, jp_asyncio_loop):
    yield
    jp_asyncio_loop.run_until_complete(jp_serverapp.kernel_manager.shutdown_all())


@pytest.mark.parametrize("way", ["session", "kernel"])
async def test_an_own_project_runs_as_ever(own, start, way):
    status, kernel = await start(way, f"{own.folder}/waves.ipynb")
    assert (status, kernel["sandboxed"]) == (201, False)


@pytest.mark.parametrize("way", ["session", "kernel"])
@pytest.mark.parametrize("begin", ["", "/", "//"])
async def test_a_remix_runs_nowhere_where_there_is_no_sandbox(wove, remix, start, ask, way, begin):
    status, problem = await start(way, f"{begin}{remix.folder}/waves.ipynb")
    assert status in {500, 503}
    assert "is not trusted, and there is no sandbox here" in problem["message"]
    assert json.loads((await ask("GET", "api/kernels")).body) == []


async def test_another_kernel_of_a_session_is_decided_about_anew(wove, own, remix, ask):
    body = {"path": f"{own.folder}/a.ipynb", "type": "notebook", "name": "a"}
    session = json.loads((await ask("POST", "api/sessions", body=body)).body)
    address = f"api/sessions/{session['id']}"
    assert (await ask("PATCH", address, body={"path": f"{remix.folder}/a.ipynb"})).code == 200
    answer = await ask("PATCH", address, body={"kernel": {"name": "python3"}})
    assert answer.code >= 500
    assert len(json.loads((await ask("GET", "api/kernels")).body)) == 1


async def test_a_remix_that_is_trusted_runs_as_ever(wove, owner, remix, start):
    do(wove, owner, Trusts.put, remix.id, Trusting())
    status, kernel = await start("session", f"{remix.folder}/waves.ipynb")
    assert (status, kernel["sandboxed"]) == (201, False)


async def test_once_is_once(wove, owner, remix, start):
    do(wove, owner, Trusts.put, remix.id, Trusting(once=True))
    status, kernel = await start("kernel", remix.folder)
    assert (status, kernel["sandboxed"]) == (201, False)
    assert (await start("kernel", remix.folder))[0] >= 500


async def test_a_kernel_of_another_language_has_to_be_trusted(remix, start, jp_data_dir):
    folder = jp_data_dir / "kernels" / "wove-r"
    folder.mkdir(parents=True)
    spec = {"argv": ["false"], "display_name": "R", "language": "R"}
    (folder / "kernel.json").write_text(json.dumps(spec))
    _, problem = await start("session", f"{remix.folder}/waves.ipynb", "wove-r")
    assert "only Python runs in a sandbox" in problem["message"]


async def test_a_kernel_that_is_not_there_is_said_to_be_missing(remix, start):
    status, problem = await start("session", f"{remix.folder}/waves.ipynb", "none")
    assert (status, problem["short_message"]) == (501, "none not found")


def test_the_seam_finds_what_it_leans_on(jp_serverapp):
    kernels = jp_serverapp.kernel_manager
    assert isinstance(kernels, seam.SandboxingKernels)
    assert kernels is jp_serverapp.session_manager.kernel_manager
    for name in ("_async_start_kernel", "kernel_model", "cwd_for_path"):
        assert hasattr(AsyncMappingKernelManager, name)
    assert hasattr(MultiKernelManager, "pre_start_kernel")
    manager = KernelManager(kernel_name="python3")
    manager._kernel_spec = spec = KernelSpec(display_name="ours")
    assert manager.kernel_spec is spec
    assert ENDED in jp_serverapp.event_logger.schemas
