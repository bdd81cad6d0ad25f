"""What cannot be built says why, and leaves nothing behind."""

import io
import tarfile
import time
import uuid

import pytest
from jupyter_wove_runner.policy import Policy

from jupyter_wove.kit.errors import WoveError
from jupyter_wove.runner import BuildOrder, Plan

APP = "import flask\napp = flask.Flask(__name__)"


def asked(*requirements, **more):
    return Plan(kind="wsgi", entry="app.py", requirements=[*requirements], start=["true"], **more)


def test_a_package_that_there_is_not_is_named(runner):
    plan = asked("flask", "wove-no-such-package-here")
    failed = runner.build({"app.py": APP}, plan=plan).failed
    assert failed.reason == "There is no package wove-no-such-package-here."
    assert "requirements" in failed.hint


def test_a_version_that_there_is_not_is_named(runner):
    failed = runner.build({"app.py": APP}, plan=asked("flask==99.9")).failed
    assert failed.reason == "flask==99.9 has no such version."


def test_requirements_that_do_not_go_together_are_told(runner):
    failed = runner.build({"app.py": APP}, plan=asked("flask==3.0.0", "werkzeug<1")).failed
    assert failed.reason == "The requirements do not go together."


def test_a_host_that_is_refused_is_named(runner):
    plan = asked("flask @ https://example.org/flask-1.0-py3-none-any.whl")
    failed = runner.build({"app.py": APP}, plan=plan).failed
    assert failed.refused == ["example.org"]
    assert "example.org" in failed.reason


def test_a_command_that_fails_is_named_with_its_last_words(runner):
    command = ["python3", "-c", "import sys; sys.exit('words at the end')"]
    failed = runner.build({"app.py": APP}, plan=asked(prepare=[["true"], command])).failed
    assert "sys.exit" in failed.reason
    assert failed.reason.endswith("ended with the exit code 1.")
    assert "words at the end" in failed.traceback


def test_a_command_that_takes_too_much_memory_is_told(runner):
    command = ["python3", "-c", "x = b'1' * 3 * 10**9"]
    failed = runner.build({"app.py": APP}, plan=asked(prepare=[command])).failed
    assert "memory" in failed.reason


def test_words_of_a_plan_reach_no_shell(runner):
    failed = runner.build({"app.py": APP}, plan=asked("$(id)", "`id`; id")).failed
    assert failed.reason == "A requirement cannot be read."
    outcome = runner.build({"app.py": APP}, plan=asked("flask", prepare=[["echo", "$(id)"]]))
    assert "$(id)" in outcome.log
    assert "uid=" not in outcome.log


def test_hanging_up_leaves_nothing(runner):
    before = runner.run(runner.images())
    command = ["python3", "-c", "import time; print('now', flush=True); time.sleep(600)"]
    order = runner.order({"app.py": APP}, plan=asked("flask", prepare=[command]))
    messages = runner.client.follow("/v1/builds", order)
    while "now" not in str(next(messages)):
        pass
    messages.close()
    hung_up = time.monotonic()
    while runner.left() or list((runner.folder / "builds").glob("*")):
        assert time.monotonic() - hung_up < 30
        time.sleep(0.05)
    after = runner.run(runner.images())
    assert not [image for image in set(after) - set(before) if order.app_id.hex in image]


@pytest.mark.parametrize("name", ["../up", "/etc/passwd", "a/../../b", "link"])
def test_a_hostile_archive_is_refused(runner, name):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        member = tarfile.TarInfo(name)
        if name == "link":
            member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(member)
    id_ = uuid.uuid4()
    runner.client.send(f"/v1/builds/{id_}/source", [packed.getvalue()])
    order = BuildOrder(id_, uuid.uuid4(), runner.owner, asked())
    failed = runner.follow(order).failed
    assert name.strip("/")[:2] in failed.reason or "link" in failed.reason


def test_files_that_were_not_sent_are_asked_for(runner):
    order = BuildOrder(uuid.uuid4(), uuid.uuid4(), runner.owner, asked())
    assert runner.follow(order).failed.reason == "The files to build have not been sent."


def test_a_build_is_named_by_a_uuid(runner):
    with pytest.raises(WoveError, match="UUID"):
        runner.client.send("/v1/builds/..%2f/source", [b""])


def test_nobody_takes_what_somebody_else_installed(runner):
    files = {"app.py": APP}
    first = runner.build(files, plan=asked("itsdangerous"), owner=uuid.uuid4())
    second = runner.build(files, plan=asked("itsdangerous"), owner=uuid.uuid4())
    assert "installing" in first.stages
    assert "installing" in second.stages


def test_what_the_builder_knows_is_not_in_the_image(runner):
    plan = asked("flask", prepare=[["env"]])
    outcome = runner.build({"app.py": APP}, plan=plan)
    assert "HTTPS_PROXY=" in outcome.log
    told = runner.run(_environment(runner, outcome.built.image))
    assert "PORT=8080" in told
    assert "proxy" not in told.lower()
    assert "cache" not in told.lower()


async def _environment(runner, image):
    """Say what a program of the image finds in its environment."""
    policy, heard = Policy(), []
    async with runner.here.engine.container(image, ["env"], policy) as container:
        await container.run(policy, heard.append)
    return "\n".join(line.text for line in heard)


@pytest.mark.parametrize("moment", [0, 0.1, 0.3, 0.6, 1.0, 1.5, 2.5])
def test_hanging_up_at_any_moment_leaves_nothing(runner, moment):
    plan = asked(f"flask<{10 + moment}", prepare=[["sleep", "60"]])
    messages = runner.client.follow("/v1/builds", runner.order({"app.py": APP}, plan=plan))
    until = time.monotonic() + moment
    while next(messages) is None or time.monotonic() < until:
        pass
    messages.close()
    hung_up = time.monotonic()
    while runner.left() or list((runner.folder / "builds").glob("*")):
        assert time.monotonic() - hung_up < 30
        time.sleep(0.05)
