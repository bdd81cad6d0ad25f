"""The pieces of a folder's files, to be searched; files that were written are read again."""

import re
import sqlite3
import threading
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from jupyter_wove.ai.context.folders.pieces import CUTS, Piece, pieces_of
from jupyter_wove.ai.context.folders.ranking import ranks
from jupyter_wove.ai.context.folders.scanning import File, files_of

WORD = re.compile(r"[^\W\d_]{3,}|\w{3,}")
PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
SHORTEST = 3  # letters of a word
MOST_WORDS = 40  # of a question
MOST_BYTES = 20_000_000  # read of one folder
TABLE = """create virtual table piece using fts5(
    path unindexed, name, text, words, tokenize = "porter unicode61 remove_diacritics 2")"""
READ = "select text from piece where path = ? order by rowid"
FIND = "select path, name, text from piece where piece match ? order by bm25(piece, 0, 4, 1, 2)"


class Found(NamedTuple):
    """A piece, and the file that it is from."""

    path: str
    name: str
    text: str


class FolderIndex:
    """What is written in the files of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: list[File] = []
        self._read: dict[str, File] = {}
        self._symbols: dict[str, list[Piece]] = {}
        self._uses: dict[str, frozenset[str]] = {}
        self._lock = threading.Lock()
        self._pieces = sqlite3.connect(":memory:", check_same_thread=False)
        self._pieces.execute(TABLE)

    def refresh(self) -> None:
        """Look at the folder, and read what is new there."""
        with self._lock:
            self.files = files_of(self.folder)
            fitting = {each.path: each for each in self._fitting()}
            for path in [path for path, file in self._read.items() if fitting.get(path) != file]:
                self._forget(path)
            for path in fitting.keys() - self._read.keys():
                self._take(fitting[path])

    def find(self, text: str, most: int, without: str = "") -> list[Found]:
        """Find the pieces that have most of a text's words, the rarest first; none of one file."""
        words = list(dict.fromkeys(_words(text)))[:MOST_WORDS]
        if not words:
            return []
        asked = " OR ".join(f'"{word}"' for word in words)
        with self._lock:
            found = map(Found._make, self._pieces.execute(FIND, [asked]))
            return list(islice((each for each in found if each.path != without), most))

    def texts(self, path: str) -> list[str]:
        """Read the pieces of one file; none of one that is not read."""
        with self._lock:
            rows = self._pieces.execute(
                "select text from piece where path = ? order by rowid", [path]
            )
            return [text for (text,) in rows]

    def symbols(self, wanted: str) -> list[tuple[str, list[str]]]:
        """List the files that define something with the lines that do; first who matters most."""
        with self._lock:
            defines = {path: [each.name for each in s] for path, s in self._symbols.items() if s}
            ranked = ranks(defines, self._uses, WORD.findall(wanted))
            order = sorted(ranked, key=lambda path: (-ranked[path], path))
            return [(path, [each.symbol for each in self._symbols[path]]) for path in order]

    def _fitting(self) -> list[File]:
        left, chosen = MOST_BYTES, list[File]()
        for file in self.files:
            if Path(file.path).suffix.lower() in CUTS and file.size <= left:
                left -= file.size
                chosen.append(file)
        return chosen

    def _take(self, file: File) -> None:
        found = pieces_of(self.folder / file.path)
        rows = [(file.path, each.name, each.text, " ".join(_words(each.text))) for each in found]
        self._pieces.executemany("insert into piece values (?, ?, ?, ?)", rows)
        self._read[file.path] = file
        self._symbols[file.path] = [each for each in found if each.symbol]
        self._uses[file.path] = frozenset(word for e in found for word in WORD.findall(e.text))

    def _forget(self, path: str) -> None:
        self._pieces.execute("delete from piece where path = ?", [path])
        for kept in (self._read, self._symbols, self._uses):
            kept.pop(path)


def _words(text: str) -> list[str]:
    """List the words of a text, and those that names are made of: `sea_level`, `SeaLevel`."""
    names = WORD.findall(text)
    parts = (part for name in names for part in [name, *PART.findall(name)])
    return [part.lower() for part in parts if len(part) >= SHORTEST]
