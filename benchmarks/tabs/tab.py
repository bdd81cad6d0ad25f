"""A tab of Chromium in which somebody has a notebook open."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, sync_playwright
from pycrdt import Decoder

CHROMIUM = os.environ.get("WOVE_CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WINDOW = {"width": 1400, "height": 900}
PATIENCE = 60_000  # milliseconds; what takes longer has failed
PAUSE = 50
AT_ONCE = 25  # letters between which the page does nothing else
HERE = Path(__file__).parent


class Wrong(Exception):
    """Something was lost, doubled or forgotten."""


class Tab:
    """One open notebook; times are in milliseconds, by the clock of the machine."""

    def __init__(self, browser: BrowserContext, address: str) -> None:
        self._page = browser.new_page()
        self._page.goto(address)
        self._wait("bench.notebook()?.cells.length > 1")

    def type(self, letter: str, count: int) -> tuple[int, int]:
        """Type so often; return how far this tab's changes go: its name, and their number."""
        self._page.evaluate("each => bench.type(...each)", [letter, count, AT_ONCE])
        client, clock = self._page.evaluate("bench.clock()")
        return client, clock

    def wait_for_letters(self, letter: str, count: int) -> float:
        """Wait until the notebook holds so many; return when."""
        return self._wait(f"bench.letters({letter!r}) === {count}")

    def wait_for_badge(self, words: str) -> float:
        """Wait until the status bar says so; return when."""
        return self._wait(f"document.querySelector('.wove-Safety')?.innerText.includes({words!r})")

    def wait_until_written(self) -> None:
        """Wait until the browser keeps all that was typed."""
        self._page.evaluate("bench.written()")

    def connected(self) -> list[float]:
        """Say when the notebook was connected with its room, each time."""
        return [float(each["opened"]) for each in self._page.evaluate("bench.sockets")]

    def sources(self) -> list[str]:
        """Read the sources of the cells."""
        sources: list[str] = self._page.evaluate("bench.notebook().cells.map(each => each.source)")
        return sources

    def rest(self, milliseconds: float) -> None:
        """Leave it to itself for a while."""
        self._page.wait_for_timeout(milliseconds)

    def wait_until_stored(self, client: int, clock: int) -> float:
        """Wait until the server says that it has these changes on its disk; return when."""
        for _ in range(PATIENCE // PAUSE):
            for socket in self._page.evaluate("bench.sockets"):
                for said in socket["stored"]:
                    if _clocks(bytes(said["bytes"])).get(client, 0) >= clock:
                        return float(said["at"])
            self.rest(PAUSE)
        raise Wrong("The server did not say that it has on its disk what was typed.")

    def close(self) -> None:
        self._page.close()

    def _wait(self, condition: str) -> float:
        found = self._page.wait_for_function(
            f"({condition}) && Date.now()", timeout=PATIENCE, polling=5
        )
        return float(found.json_value())


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run the browser that the tests of the front end use."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def person(browser: Browser) -> BrowserContext:
    """Have a browser that keeps what it is given, and shares it with no other."""
    context = browser.new_context(viewport=WINDOW)
    context.add_init_script(path=HERE / "page.js")
    return context


def _clocks(message: bytes) -> dict[Any, int]:
    """Read how far each tab's changes are on disk from what the server says."""
    decoder = Decoder(message)
    decoder.read_var_uint()
    vector = Decoder(decoder.read_message())
    return {vector.read_var_uint(): vector.read_var_uint() for _ in range(vector.read_var_uint())}
