"""Sites, archives and locks that nobody needs any more are removed after their time."""

import os
import time

import pytest
from jupyter_wove_runner.building import Builds, Sites
from jupyter_wove_runner.settings import WoveRunner

DAY = 24 * 3600


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "state"


@pytest.fixture
def builds(folder):
    return Builds(WoveRunner(state_dir=str(folder)), None)


def site(folder, text):
    sites = Sites(folder / "sites")
    with sites.draft() as draft:
        (draft / "index.html").write_text(text)
        return sites.path(sites.keep(draft))


def aged(path, days):
    moment = time.time() - days * DAY
    os.utime(path, (moment, moment))
    return path


async def test_a_site_of_no_release_goes_after_a_day(folder, builds):
    young, old, needed = site(folder, "a"), site(folder, "b"), site(folder, "c")
    aged(old, 2)
    aged(needed, 2)
    await builds.sweep({needed.name})
    assert (young.exists(), old.exists(), needed.exists()) == (True, False, True)


async def test_a_site_that_is_built_again_is_as_good_as_new(folder, builds):
    old = aged(site(folder, "a"), 2)
    assert site(folder, "a") == old
    await builds.sweep(())
    assert old.exists()


async def test_files_that_nobody_asked_to_build_go_after_a_day(folder, builds):
    (folder / "builds").mkdir(parents=True)
    young, old = folder / "builds" / "a.tar", folder / "builds" / "b.tar"
    for each in (young, old):
        each.touch()
    aged(old, 2)
    await builds.sweep(())
    assert (young.exists(), old.exists()) == (True, False)


async def test_what_a_killed_runner_left_half_made_goes_at_once(folder, builds):
    half = [folder / "builds" / "a" / "file", folder / "sites" / ".drafts" / "b" / "file"]
    for each in half:
        each.parent.mkdir(parents=True)
        each.touch()
    await builds.open()
    assert not any(each.exists() for each in half)
