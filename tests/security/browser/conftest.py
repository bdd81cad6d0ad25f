"""Chromium, and a server on which everything that can be written is hostile."""

from pathlib import Path

import pytest

from tests.security.browser.hostile import PACKS, Hostile
from tests.ui.conftest import (
    browser_type_launch_args,
    enter,
    jp_asyncio_loop,
    jp_server_cleanup,
)
from tests.ui.servers import serving

__all__ = ["browser_type_launch_args", "jp_asyncio_loop", "jp_server_cleanup"]

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    """Let these tests come last: no other loop can run in a thread where Playwright's does."""
    items.sort(key=lambda item: HERE in item.path.parents)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    """A server of Ann, who writes scripts wherever there is room, and Bob."""
    with serving(tmp_path_factory.mktemp("xss"), "Ann", "Bob", *PACKS) as server:
        yield Hostile(server)


class Window:
    """A window of the browser that notes whatever runs in it, and whatever it asks for."""

    def __init__(self, page, server, name) -> None:
        self.page, self.server = page, server
        self.dialogs, self.asked = [], []
        page.on("dialog", self._heard)
        page.on("request", lambda request: self.asked.append(request.url))
        enter(page, server, name, "wove/")

    def open(self, address: str) -> None:
        """Open a page, wait until it is there, and check that nothing of it ran."""
        self.page.goto(f"{self.server.url}/{address}", wait_until="load")
        self.check(address)

    def check(self, where: str) -> None:
        """Check that nothing has run."""
        ran = [frame.evaluate("() => window.__xss") for frame in self.page.frames]
        assert not any(ran), where
        assert self.dialogs == [], where

    def check_asked(self) -> None:
        """Check that the page asked nobody else."""
        others = [url for url in self.asked if not url.startswith((self.server.url, "data:"))]
        assert [url for url in others if not url.startswith("blob:")] == []

    def _heard(self, dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()


@pytest.fixture
def window(hostile, new_context):
    """Open a window as somebody."""

    def opened(name="Ann", **options):
        return Window(new_context(**options).new_page(), hostile.server, name)

    return opened
