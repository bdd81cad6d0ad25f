"""Why a build failed, told from the last words of what failed."""

import uuid

import pytest
from jupyter_wove_runner.building import failures
from jupyter_wove_runner.building.job import Job
from jupyter_wove_runner.containers import Ended
from jupyter_wove_runner.policy import Policy

from jupyter_wove.runner import BuildOrder, Line, Plan

WELL = Ended(1, "exited", False, 1.0)
SAID = {
    "  \u00d7 No solution found when resolving dependencies:\n  ╰─▶ Because nobody-has-it was "
    "not found in the package registry and you require it, we can": "no package nobody-has",
    "Because there is no version of flask==99 and you require flask==99": "flask==99 has no such",
    "Because only numpy<=2 is available and a needs numpy>2,\nNo solution found": "not go tog",
    "error: Failed to build `old-thing==1.0`": "old-thing==1.0 could not be built",
    "npm error 404 Not Found - GET http://r/@a%2fnobody - Not found": "no package @a/nobody",
    "npm error notarget No matching version found for left-pad@99.": "left-pad@99. cannot be had",
    "npm error code ERESOLVE": "do not go together",
    "error: Hash mismatch for `numpy==1.0`": "numpy==1.0 is not what the lock says",
    "something else": "could not be installed",
}


def job(*lines):
    order = BuildOrder(uuid.uuid4(), uuid.uuid4(), uuid.uuid4(), Plan(kind="asgi"))
    made = Job(order, None, lambda message: None)
    for line in "\n".join(lines).splitlines():
        made.hear(Line("stderr", line))
    return made


@pytest.mark.parametrize(("said", "reason"), SAID.items())
def test_the_first_package_that_fails_is_named(said, reason):
    failed = failures.of_install(job(said), WELL, Policy())
    assert reason in failed.reason
    assert failed.hint


@pytest.mark.parametrize(
    ("ended", "reason"),
    [
        (Ended(137, "exited", True, 1.0), "used more than its 512 MB of memory"),
        (Ended(137, "deadline", False, 9.0), "stopped after 9 seconds"),
        (Ended(137, "disk", False, 1.0), "wrote more than the 300 MB"),
    ],
)
def test_a_limit_that_was_reached_is_told_before_anything_else(ended, reason):
    policy = Policy(deadline=9, disk_mb=300)
    assert reason in failures.of_install(job("Failed to build x"), ended, policy).reason
    assert reason in failures.of_command(job(), ended, policy, "make").reason


def test_a_refused_host_is_told_with_what_to_do():
    refused = job("error: something")
    refused.refuse("example.org")
    failed = failures.of_command(refused, WELL, Policy(), "make")
    assert failed.refused == ["example.org"]
    assert "add it to hosts in wove.toml" in failed.hint


def test_colours_of_terminals_are_left_out():
    failed = failures.of_command(job("\x1b[31mred\x1b[0m"), WELL, Policy(), "make")
    assert failed.traceback == "red"


@pytest.mark.parametrize("line", ["No module named 'pandas.core'", "Cannot find module 'react'"])
def test_what_is_imported_and_not_installed_is_named(line):
    failed = failures.of_command(job(line), WELL, Policy(), "make")
    assert "which is not installed" in failed.reason
