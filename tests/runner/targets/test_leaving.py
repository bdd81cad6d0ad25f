"""What the runner built leaves for targets: files, a package that runs, an image with a digest."""

import asyncio
import json
import zipfile
from uuid import uuid4

import pytest
from jupyter_wove_runner.building import inside, trees
from jupyter_wove_runner.policy import Policy

from jupyter_wove.deploy import detect
from jupyter_wove.deploy.targets import FromRunner, Secret
from jupyter_wove.kit.errors import Conflict, NotFound
from jupyter_wove.runner import Release
from tests.runner.building.conftest import Project
from tests.runner.targets.registry import PASSWORD, USER

HANDLER = """
import greeting
def handler(event, context):
    return {"said": greeting.GREETING + event["rawPath"], "id": bool(context.aws_request_id)}
"""
FUNCTION = {"handler.py": HANDLER, "greeting.py": "GREETING = 'hello '"}
WORKER = {"worker.js": "export default { fetch() { return new Response('hi'); } };"}
CALL = """
import json, time, urllib.request
for _ in range(100):
    try:
        with urllib.request.urlopen("http://127.0.0.1:8080/there") as answer:
            print(answer.read().decode(), flush=True)
        break
    except OSError:
        time.sleep(0.2)
"""


def built(docker, files):
    """Build it; return the parcels of the release."""
    outcome = docker.build(files).built
    release = Release(uuid4(), detect(Project(files)), outcome.image, outcome.site)
    return FromRunner(docker.client, release)


def test_the_files_of_a_site_leave_as_they_were_sent(docker, tmp_path):
    page = "<h1>Waves</h1>" + "<p>and more of them</p>\n" * 200
    parcels = built(docker, {"index.html": page, "data/a.csv": "a,b\n" * 1000})
    asyncio.run(parcels.site(tmp_path / "site"))
    found = {
        path.relative_to(tmp_path / "site").as_posix()
        for path in (tmp_path / "site").rglob("*")
        if path.is_file()
    }
    assert found == {"index.html", "data/a.csv"}
    assert "Waves" in (tmp_path / "site/index.html").read_text()


def test_a_package_has_the_function_and_what_it_imports_and_the_client_of_aws_runs_it(
    docker, tmp_path
):
    asyncio.run(built(docker, FUNCTION).package(tmp_path / "package.zip"))
    with zipfile.ZipFile(tmp_path / "package.zip") as package:
        names = package.namelist()
        package.extractall(tmp_path / "task")
    assert {"handler.py", "greeting.py", "awslambdaric/__init__.py"} <= set(names)
    assert not [each for each in names if each.startswith((".wove", "opt/"))]
    said = docker.run(called(docker, tmp_path / "task"))
    assert json.loads(said) == {"said": "hello /there", "id": True}


async def called(docker, folder):
    """Call the function in a sandbox that has nothing but Python and the package."""
    here, lines = docker.here, []
    policy = Policy(writable=True, deadline=90)
    image = await here.images.have("base", print)
    program = "python3 /opt/wove/function.py handler.handler & python3 /opt/wove/call.py"
    async with here.engine.container(
        image, ["sh", "-c", program], policy, labels=here.engine.ours(), folder="/var/task"
    ) as container:
        await trees.put(container, folder, "var/task")
        files = {"opt/wove/": b"", "opt/wove/call.py": CALL.encode()}
        files["opt/wove/function.py"] = inside.program("function")
        await container.put("/", trees.tar(files))
        await container.run(policy, lambda line: lines.append(line.text))
    return next((each for each in lines if each.startswith("{")), "\n".join(lines))


def test_a_worker_leaves_as_one_file(docker, tmp_path):
    asyncio.run(built(docker, WORKER).site(tmp_path / "worker"))
    [only] = (tmp_path / "worker").iterdir()
    assert only.name == "worker.js"
    assert "fetch" in only.read_text()


def test_an_image_is_pushed_and_named_by_its_digest(docker, registry):
    parcels, name = built(docker, FUNCTION), f"{registry.place}/apps/waves"
    pushed = asyncio.run(parcels.image(f"{name}:one", USER, Secret(PASSWORD)))
    assert pushed == f"{name}@{registry.manifests['apps/waves:one']}"
    assert registry.blobs
    assert f"{name}:one" not in docker.run(docker.here.engine.images(name=f"{name}:*"))


def test_a_registry_that_does_not_accept_the_password_is_told(docker, registry):
    parcels = built(docker, FUNCTION)
    with pytest.raises(Conflict, match="The image cannot be pushed") as raised:
        asyncio.run(parcels.image(f"{registry.place}/apps/waves:one", USER, Secret("wrong-one")))
    assert "wrong-one" not in str(raised.value)
    assert registry.manifests == {}


@pytest.mark.parametrize(
    "path",
    [
        "/v1/sites/..%2F..%2Fetc/archive",
        f"/v1/sites/{'0' * 64}/archive",
        "/v1/images/archive?image=debian&path=/app",
        "/v1/images/archive?image=wove-app-0:none&path=/app",
        "/v1/images/archive?image=wove-app-0:none&path=/app/../etc/shadow",
        "/v1/images/archive?image=wove-app-0:none&path=/etc/shadow",
    ],
)
def test_nothing_else_leaves(docker, tmp_path, path):
    with (tmp_path / "archive").open("wb") as file, pytest.raises(NotFound):
        docker.client.fetch(path, file)


def test_no_container_is_left(docker, tmp_path):
    asyncio.run(built(docker, WORKER).site(tmp_path / "worker"))
    assert docker.left() == []
