"""Whether another process lives is known for certain, or not claimed."""

import subprocess
import sys

import pytest

from jupyter_wove.kit.lifelines import Lifeline

LIVE = """
import sys, time
from pathlib import Path
from jupyter_wove.kit.lifelines import Lifeline
print(Lifeline(Path(sys.argv[1])).name, flush=True)
time.sleep(60)
"""


@pytest.fixture
def lifeline(tmp_path):
    lifeline = Lifeline(tmp_path)
    yield lifeline
    lifeline.close()


@pytest.fixture
def other(tmp_path):
    """Another process with the same folder, and its name."""
    command = [sys.executable, "-c", LIVE, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        process.name = process.stdout.readline().strip()
        yield process
        process.kill()


def test_a_process_that_lives_has_not_ended(lifeline, other):
    assert not lifeline.ended(other.name)
    assert not lifeline.ended(lifeline.name)


def test_a_process_that_was_killed_has_ended(lifeline, other):
    other.kill()
    other.wait()
    assert lifeline.ended(other.name)


@pytest.mark.parametrize("name", ["", "another-machine-0123", "../../etc/passwd"])
def test_of_a_process_elsewhere_nothing_is_known(lifeline, name):
    assert not lifeline.ended(name)


def test_of_a_process_with_another_folder_nothing_is_known(lifeline, tmp_path):
    elsewhere = Lifeline(tmp_path / "elsewhere")
    name = elsewhere.name
    elsewhere.close()
    assert not lifeline.ended(name)


def test_only_the_files_of_those_who_ended_are_removed(lifeline, other, tmp_path):
    names = {lifeline.name, other.name}
    lifeline.forget_ended()
    assert {file.name for file in tmp_path.iterdir()} == names
    other.kill()
    other.wait()
    lifeline.forget_ended()
    assert [file.name for file in tmp_path.iterdir()] == [lifeline.name]


def test_who_ends_in_good_order_leaves_no_file(tmp_path):
    lifeline = Lifeline(tmp_path)
    assert lifeline.name
    lifeline.close()
    assert list(tmp_path.iterdir()) == []
