"""What was typed offline in a tab that was closed, and how soon it is with the others."""

import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks.figures import Figure
from benchmarks.tabs.books import shared

OFFLINE, MEANWHILE = 5_000, 1_000  # letters
SAVED = "Saved on the server"


@dataclass(frozen=True)
class Merge:
    """Seconds from the connection of the tab that was opened again; and from its opening."""

    stored: float
    seen: float
    badge: float
    since_opened: float


ROWS = {
    f"{OFFLINE:,} edits of a closed tab: all on the server's disk": ("stored", 2.0),
    f"{OFFLINE:,} edits of a closed tab: seen by another": ("seen", None),
    f"{OFFLINE:,} edits of a closed tab: the badge says saved": ("badge", None),
    "the same, from the opening of the tab: all on the server's disk": ("since_opened", None),
}


def merge(folder: Path, browser: Browser) -> Merge:
    """Type offline, close the tab, have another type, open it again; raises Wrong."""
    with shared(folder, browser) as book:
        bob = book.open_for_bob()
        ann = book.open_for_ann()
        ann.wait_for_badge(SAVED)
        book.line.cut()
        ann.wait_for_badge("Offline")
        typed = ann.type("a", OFFLINE)
        ann.wait_until_written()
        ann.close()
        bob.type("b", MEANWHILE)
        book.line.mend()
        began = time.time() * 1e3
        again = book.open_for_ann()
        stored = again.wait_until_stored(*typed)
        badge = again.wait_for_badge(SAVED)
        seen = bob.wait_for_letters("a", OFFLINE)
        connected = again.connected()[0]
        book.demand({"a": OFFLINE, "b": MEANWHILE}, [again, bob])
    times = (stored - connected, seen - connected, badge - connected, stored - began)
    return Merge(*(each / 1e3 for each in times))


def figures(merges: list[Merge]) -> list[Figure]:
    return [
        Figure(name, [getattr(each, key) for each in merges], bound, "s")
        for name, (key, bound) in ROWS.items()
    ]
