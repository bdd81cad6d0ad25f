"""Images and downloads that nobody needs any more are removed from the engine after their time."""

import os
import time
import uuid

import pytest
from jupyter_wove_runner.building import Builds, Place
from jupyter_wove_runner.policy import NOWHERE, Policy

from jupyter_wove.runner import Plan

DAY = 24 * 3600
PLAN = Plan(kind="wsgi", entry="app.py", start=["true"], requirements=["itsdangerous"])


@pytest.fixture
def built(runner):
    """Build an app that nobody serves."""
    return runner.build({"app.py": f"# {uuid.uuid4()}"}, plan=PLAN).built


def swept(runner, *needed):
    """Remove what nobody needs; return which images are there then."""
    runner.run(Builds(runner.here.settings, Place(runner.here)).sweep(needed))
    return runner.run(runner.images())


def passed(runner, days):
    """Have all that was used so long ago."""
    moment = time.time() - days * DAY
    for folder in ("images", "caches"):
        for mark in (runner.folder / folder).iterdir():
            os.utime(mark, (moment, moment))


def test_an_image_of_no_release_goes_after_a_day(runner, built):
    assert built.image in swept(runner)
    passed(runner, 2)
    assert built.image in swept(runner, built.image)
    assert built.image not in swept(runner)


def test_an_image_that_is_wanted_again_is_as_good_as_new(runner):
    order = {"files": {"app.py": f"# {uuid.uuid4()}"}, "app": uuid.uuid4(), "plan": PLAN}
    image = runner.build(**order).built.image
    passed(runner, 2)
    assert runner.build(**order).built.image == image
    assert image in swept(runner)


def test_an_image_whose_name_another_has_taken_goes(runner, built):
    earlier = runner.run(runner.here.engine.image(built.image))
    runner.run(committed(runner, built.image))
    assert runner.run(runner.here.engine.nameless_images()) == [earlier]
    assert built.image in swept(runner, built.image)
    assert runner.run(runner.here.engine.nameless_images()) == []


async def committed(runner, image):
    """Make another image of the same name."""
    engine = runner.here.engine
    base = await runner.here.images.have("base", print)
    async with engine.container(base, ["true"], Policy(network=NOWHERE)) as container:
        await container.commit(image)


def test_downloads_that_nobody_came_back_to_go_after_a_month(runner, built):
    downloads = f"wove-{runner.here.engine.runner}-cache-{runner.owner.hex}"
    passed(runner, 20)
    swept(runner, built.image)
    assert runner.run(runner.here.engine.has_volume(downloads))
    passed(runner, 31)
    swept(runner, built.image)
    assert not runner.run(runner.here.engine.has_volume(downloads))
