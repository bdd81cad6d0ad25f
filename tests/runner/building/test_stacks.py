"""Environments that stand ready are taken where they are enough."""

from jupyter_wove_runner.building import Builds, Place, prepare, preparing
from jupyter_wove_runner.building.stacks import Stacks
from jupyter_wove_runner.sandboxes import sandboxes
from jupyter_wove_runner.settings import WoveRunner

API = "from fastapi import FastAPI\napp = FastAPI()"


async def swept_by_another(runner, folder):
    """Have another runner on the same engine remove what nobody uses."""
    docker = runner.here.settings.docker_url
    settings = WoveRunner(name=f"{runner.here.engine.runner}-b", docker_url=docker)
    settings.state_dir = str(folder)
    async with sandboxes(settings) as here:
        await Builds(settings, Place(here)).sweep(())


def test_a_project_that_wants_what_is_usual_takes_what_stands_ready(runner, monkeypatch, tmp_path):
    monkeypatch.setitem(preparing.STACKS, "fastapi", ["fastapi", "uvicorn"])
    for name in ("notebooks", "voila", "streamlit", "functions"):
        monkeypatch.delitem(preparing.STACKS, name)
    said = []
    runner.run(prepare(runner.here, said.append))
    assert said[0] == "fastapi (1 of 1): fastapi, uvicorn"
    assert runner.run(Stacks(runner.here.engine, runner.folder / "stacks").ready()) == ["fastapi"]
    outcome = runner.build({"main.py": API})
    assert outcome.stages == ["building"]
    assert "fastapi==" in outcome.built.lock
    runner.run(swept_by_another(runner, tmp_path))
    runner.run(Builds(runner.here.settings, Place(runner.here)).sweep(()))
    assert runner.build({"main.py": API + "\n"}).stages == ["building"]
    other = runner.build({"main.py": API, "requirements.txt": "fastapi<1\nuvicorn"})
    assert "locking" in other.stages
