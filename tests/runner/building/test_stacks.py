"""Environments that stand ready are taken where they are enough."""

from jupyter_wove_runner.building import prepare, preparing
from jupyter_wove_runner.building.stacks import Stacks

API = "from fastapi import FastAPI\napp = FastAPI()"


def test_a_project_that_wants_what_is_usual_takes_what_stands_ready(runner, monkeypatch):
    monkeypatch.setitem(preparing.STACKS, "fastapi", ["fastapi", "uvicorn"])
    for name in ("notebooks", "voila", "streamlit"):
        monkeypatch.delitem(preparing.STACKS, name)
    said = []
    runner.run(prepare(runner.here, said.append))
    assert said[0] == "fastapi (1 of 1): fastapi, uvicorn"
    assert runner.run(Stacks(runner.here.engine, runner.folder / "stacks").ready()) == ["fastapi"]
    outcome = runner.build({"main.py": API})
    assert outcome.stages == ["building"]
    assert "fastapi==" in outcome.built.lock
    other = runner.build({"main.py": API, "requirements.txt": "fastapi<1\nuvicorn"})
    assert "locking" in other.stages
