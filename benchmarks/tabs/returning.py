"""How soon a tab goes on when the line to its server is whole again."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks.figures import Figure
from benchmarks.rtc.servers import OURS, STOCK
from benchmarks.tabs.books import Book, shared
from benchmarks.tabs.merging import SAVED
from benchmarks.tabs.tab import Tab

CELLS = 20
SHORTEST, LONGER = 2.0, 1.3  # seconds that the line is cut, and how much longer each time
BOUND = 2.0


@dataclass(frozen=True)
class Return:
    """Seconds from the mending of the line; those of the badge only where there is one."""

    connected: float
    seen: float
    badge: float | None


def returns(folder: Path, browser: Browser, times: int, *, is_ours: bool) -> list[Return]:
    """Cut the line so often, each time for longer, with words typed meanwhile; raises Wrong."""
    with shared(folder, browser, is_ours=is_ours) as book:
        bob, ann = book.open_for_bob(), book.open_for_ann()
        ann.type("a", CELLS)
        bob.wait_for_letters("a", CELLS)
        seen = [_return(book, ann, bob, number, is_ours=is_ours) for number in range(1, times + 1)]
        letters = CELLS * (times + 1)
        book.demand({"a": letters, "b": letters - CELLS}, [ann, bob])
    return seen


def _return(book: Book, ann: Tab, bob: Tab, number: int, *, is_ours: bool) -> Return:
    book.line.cut()
    ann.type("a", CELLS)
    bob.type("b", CELLS)
    if is_ours:
        ann.wait_for_badge("Offline")
    ann.rest((SHORTEST + LONGER * number) * 1e3)
    book.line.mend()
    mended = time.time() * 1e3
    badge = ann.wait_for_badge(SAVED) if is_ours else None
    seen = bob.wait_for_letters("a", CELLS * (number + 1))
    ann.wait_for_letters("b", CELLS * number)
    times = (ann.connected()[-1], seen, badge)
    return Return(*(each and (each - mended) / 1e3 for each in times))


def figures(ours: list[Return], stock: list[Return]) -> Iterator[Figure]:
    """List what was seen of both, each cut as a run."""
    badges = [each.badge for each in ours if each.badge is not None]
    yield Figure("line mended: the badge says saved", badges, BOUND, "s")
    for (_, of_ours, of_stock), what in zip(PAIRS, WHAT, strict=True):
        yield Figure(of_ours, [getattr(each, what) for each in ours], BOUND, "s")
        yield Figure(of_stock, [getattr(each, what) for each in stock], None, "s")


WHAT = {"connected": "connected again", "seen": "another sees what was typed"}
PAIRS = [
    (words, *(f"line mended: {words}, {each}" for each in (OURS, STOCK)))
    for words in WHAT.values()
]
