"""A notebook that two people have open, one of them behind a line, and what has to be in it."""

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext

from benchmarks.rtc.notebooks import small
from benchmarks.server import Server
from benchmarks.starting import WOVE as WITHOUT_WOVE
from benchmarks.tabs.line import Line
from benchmarks.tabs.tab import Tab, Wrong, person

NAME = "book.ipynb"
SETTINGS: dict[str, dict[str, object]] = {
    "LabApp": {"open_browser": False, "expose_app_in_browser": True}
}
WITHOUT_ITS_FRONT_END = {"disabledExtensions": {"@jupyter-wove/labextension": True}}
WRITTEN_WITHIN = 30  # seconds
CALM = 3  # seconds in which a file that is right has to stay so


@dataclass(frozen=True)
class Book:
    """A notebook on a server that runs: `ann` reaches it by the line alone, `bob` without it."""

    server: Server
    line: Line
    ann: BrowserContext
    bob: BrowserContext

    def open_for_ann(self) -> Tab:
        return Tab(self.ann, self._address(self.line.url))

    def open_for_bob(self) -> Tab:
        return Tab(self.bob, self._address(f"http://127.0.0.1:{self.server.port}"))

    def demand(self, letters: dict[str, int], tabs: Sequence[Tab]) -> None:
        """Have the file, and all tabs, hold each letter so often, and stay so. Raises Wrong."""
        until = time.monotonic() + WRITTEN_WITHIN
        while wrong := self._wrong(letters, tabs):
            if time.monotonic() > until:
                raise Wrong(wrong)
            tabs[0].rest(200)
        tabs[0].rest(CALM * 1e3)
        if wrong := self._wrong(letters, tabs):
            raise Wrong(wrong)

    def _wrong(self, letters: dict[str, int], tabs: Sequence[Tab]) -> str:
        file = json.loads((self.server.folder / "root" / NAME).read_text())
        written = ["".join(cell["source"]) for cell in file["cells"]]
        for sources in (written, *(tab.sources() for tab in tabs)):
            if found := _not_as_typed(sources, letters):
                return found
        return "" if all(tab.sources() == written for tab in tabs) else "The tabs differ."

    def _address(self, url: str) -> str:
        return f"{url}/lab/tree/{NAME}?reset&token={self.server.token}"


def _not_as_typed(sources: list[str], letters: dict[str, int]) -> str:
    """Say what is not as it was typed, where all cells got the same share of each letter."""
    begun = [cell["source"] for cell in small()["cells"]]
    if len(sources) != len(begun):
        return f"{len(begun)} cells became {len(sources)}."
    for number, (source, before) in enumerate(zip(sources, begun, strict=True)):
        typed = source.removeprefix(before)
        found = {letter: typed.count(letter) for letter in letters}
        share = {letter: count // len(begun) for letter, count in letters.items()}
        if found != share or len(before + typed) != len(before) + sum(share.values()):
            return f"Cell {number} should have {share} after {before!r}, and is {source!r}."
    return ""


@contextmanager
def shared(folder: Path, browser: Browser, *, is_ours: bool = True) -> Iterator[Book]:
    """Start a server with a notebook of 20 cells, and two browsers; stock unless it is ours."""
    without = () if is_ours else WITHOUT_WOVE
    server = Server(folder, without=without, settings=SETTINGS)
    (folder / "root" / NAME).write_text(json.dumps(small(), indent=1))
    if not is_ours:
        (folder / "config" / "labconfig").mkdir()
        page = folder / "config" / "labconfig" / "page_config.json"
        page.write_text(json.dumps(WITHOUT_ITS_FRONT_END))
    with server, Line(server.port) as line:
        for path in ("api/status", "wove/readyz")[: 2 if is_ours else 1]:
            server.wait_for(path)
        ann, bob = person(browser), person(browser)
        try:
            yield Book(server, line, ann, bob)
        finally:
            ann.close()
            bob.close()
            if not is_ours:
                server.process.kill()  # with an open room it would never end by itself
