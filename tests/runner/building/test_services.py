"""Services are built from their files, and answer."""

import uuid

from jupyter_wove.deploy import detect
from tests.runner.building.conftest import Project

API = "from fastapi import FastAPI\napp = FastAPI()\n@app.get('/')\ndef home(): return {'n': %d}\n"


def test_fastapi_is_built_and_answers_and_a_change_keeps_its_environment(runner):
    app = uuid.uuid4()
    cold = runner.build({"main.py": API % 1}, app=app)
    assert cold.stages == ["locking", "installing", "building"]
    assert "fastapi==" in cold.built.lock
    assert "--hash=sha256:" in cold.built.lock
    warm = runner.build({"main.py": API % 2}, app=app)
    assert warm.stages == ["building"]
    assert warm.built.image != cold.built.image
    with runner.served(warm.built, detect(Project({"main.py": API % 2}))) as client:
        assert client.get("/").json() == {"n": 2}
    assert runner.left() == []
