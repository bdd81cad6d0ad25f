"""What a server has on disk of what people type: in the log of its rooms, and in the file."""

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pycrdt import Decoder, Doc

from benchmarks.rtc.servers import OURS

DATABASES = {OURS: "data/wove.db"}
STOCK_DATABASE = ".jupyter_ystore.db"
NEWS = {OURS: "SELECT id, content FROM room_update WHERE id > ? ORDER BY id"}
STOCK_NEWS = "SELECT rowid, yupdate FROM yupdates WHERE rowid > ? ORDER BY rowid"
SUM = "SELECT state FROM room WHERE state IS NOT NULL"


@dataclass(frozen=True)
class Sample:
    """What was on disk at a time: the clock of each client, and how long each source is."""

    at: float
    clocks: dict[int, int]
    lengths: list[int]


class Disk:
    """The disk of a server with one room, as another process sees it again and again."""

    def __init__(self, server: str, folder: Path, name: str) -> None:
        self._is_ours = server == OURS
        self._database = folder / DATABASES.get(server, STOCK_DATABASE)
        self._news = NEWS.get(server, STOCK_NEWS)
        self._file = folder / "root" / f"{name}.ipynb"
        self._doc: Doc[Any] = Doc()
        self._last = 0

    def look(self) -> Sample:
        """See what is there now."""
        at = time.time() * 1e3
        for update in self._updates():
            self._doc.apply_update(update)
        clocks = dict(_clocks(self._doc.get_state()))
        return Sample(at, clocks, [len(source) for source in self.sources])

    @property
    def sources(self) -> list[str]:
        """Read the sources of the cells in the file; none where it is being written just now."""
        try:
            cells = json.loads(self._file.read_text())["cells"]
        except json.JSONDecodeError:
            return []
        return ["".join(cell["source"]) for cell in cells]

    def _updates(self) -> Iterator[bytes]:
        # not read-only: what a killed server was just writing has to be taken back first
        address = f"file:{self._database}?mode=rw"
        with closing(sqlite3.connect(address, uri=True)) as database:
            if self._is_ours:  # what was summed up since is not in the log any more
                yield from (state for (state,) in database.execute(SUM))
            for number, update in database.execute(self._news, (self._last,)):
                self._last = number
                yield update


def _clocks(vector: bytes) -> Iterator[tuple[int, int]]:
    decoder = Decoder(vector)
    for _ in range(decoder.read_var_uint()):
        yield decoder.read_var_uint(), decoder.read_var_uint()
