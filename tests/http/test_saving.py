"""Each save in JupyterLab keeps the project as it is, a moment later."""

import asyncio
import json

import pytest
from jupyter_wove_server import saving

from jupyter_wove.projects import Projects, Versions
from jupyter_wove.projects.models import NewProject
from tests.unit.journey import ask as do


@pytest.fixture
def wove(jp_serverapp, jp_asyncio_loop):
    jp_asyncio_loop.run_until_complete(jp_serverapp.extension_manager.start_all_extensions())
    return jp_serverapp.web_app.settings["wove_serving"].wove


@pytest.fixture
def project(wove):
    return do(wove, wove.directory.local(), Projects.create, NewProject("Waves"))


@pytest.fixture
def save(jp_fetch):
    """Save a text file the way JupyterLab does."""

    async def put(path, text):
        body = json.dumps({"type": "file", "format": "text", "content": text})
        await jp_fetch("api", "contents", path, method="PUT", body=body)

    return put


async def automatic_versions(wove, project, at_least):
    """Wait until so many snapshots were taken; return them."""
    for _ in range(200):
        page = do(wove, wove.directory.local(), Versions.history, project.id)
        found = [version for version in page.items if version.automatic]
        if len(found) >= at_least:
            return found
        await asyncio.sleep(0.1)
    raise AssertionError("no snapshot came")


async def test_a_saved_file_is_kept(wove, project, save):
    await save("waves/notes.md", "tide tables")
    (version,) = await automatic_versions(wove, project, 1)
    assert version.message == "Saved notes.md"


async def test_saves_in_quick_succession_are_one_snapshot(wove, project, save):
    for number in range(5):
        await save("waves/notes.md", f"tide {number}")
    (version,) = await automatic_versions(wove, project, 1)
    read = do(wove, wove.directory.local(), Versions.file, project.id, "notes.md", version.id)
    assert b"".join(read.content) == b"tide 4"


async def test_a_file_outside_of_projects_is_left_alone(wove, project, save, tmp_path):
    await save("elsewhere.md", "nothing to keep")
    await asyncio.sleep(saving.QUIET + 0.5)
    assert not (wove.workspaces.root / ".git").exists()
