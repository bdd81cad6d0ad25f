"""A notebook with widgets goes live, and a visitor moves them."""

import pytest

from tests.runner.building.books import book
from tests.runner.live import Live, deploying
from tests.runner.widgets import chromium, energy, move, source

pytestmark = pytest.mark.slow


def test_a_dashboard_of_pandas_goes_live_and_its_slider_moves_what_the_kernel_says(
    docker, tmp_path
):
    with deploying(tmp_path, docker, prepare=False) as server, chromium() as browser:
        live = Live(server, {"waves.ipynb": book(source(7))})
        live.deploy()
        assert live.app["kind"] == "voila"
        live.answer(energy(7, 3))
        move(browser, live.app["url"], 7)
        live.write({"waves.ipynb": book(source(11))})
        live.deploy()
        assert "installing" not in live.stages
        live.answer(energy(11, 3))
        move(browser, live.app["url"], 11)
