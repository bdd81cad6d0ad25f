"""Patterns as people would write them who look for something in code."""

import random
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

NAME = re.compile(r"[A-Za-z_]\w{3,30}", re.ASCII)
SPECIAL = re.compile(r"[\\^$.|?*+()\[\]{}]")
SHORT = 10  # characters of a stretch


class Patterns:
    """Makes patterns of what stands in some files."""

    def __init__(self, files: Sequence[Path], seed: int) -> None:
        self.files = files
        self.random = random.Random(seed)

    def pattern(self) -> str:
        """Make one of any kind."""
        kinds = (self.piece, self.name, self.start, self.call, self.gap, self.either, self.loose)
        return self.random.choice(kinds)()

    def line(self) -> str:
        """Take a line that one can type."""
        while True:
            text = self.random.choice(self.files).read_text(errors="replace")
            line = self.random.choice(text.splitlines() or [""]).strip()
            if len(line) > SHORT and line.isprintable() and line.isascii():
                return line

    def names(self, count: int) -> list[str]:
        """Take neighbouring names from a line."""
        while len(found := NAME.findall(self.line())) < count:
            pass
        at = self.random.randrange(len(found) - count + 1)
        return found[at : at + count]

    def piece(self) -> str:
        """Take a stretch of a line as it stands."""
        line = self.line()
        at = self.random.randrange(len(line) - SHORT + 1)
        return SPECIAL.sub(r"\\\g<0>", line[at : at + SHORT])

    def name(self) -> str:
        """Look for a whole name."""
        return rf"\b{self.names(1)[0]}\b"

    def start(self) -> str:
        """Look for a name of which the end is not known."""
        name = self.names(1)[0]
        return name[: max(4, len(name) // 2)]

    def call(self) -> str:
        """Look for a name at the beginning of a line."""
        return rf"^\s*{self.names(1)[0]}\s*[(=]"

    def gap(self) -> str:
        """Look for two names in a line, with anything between."""
        return ".*".join(self.names(2))

    def either(self) -> str:
        """Look for one of two names."""
        return f"({self.names(1)[0]}|{self.names(1)[0]})[,:)]"

    def loose(self) -> str:
        """Look for a name without its capitals, and part of the next."""
        first, second = self.names(2)
        return rf"(?i){first}\W+\w*{second[1:]}"


def ripgrep(pattern: str, folder: Path) -> set[str]:
    """Have ripgrep list the files with a match, relative to the folder."""
    command = ["rg", "--no-config", "-uuu", "-l", "-e", _in_ascii(pattern), "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode > 1:
        raise ValueError(done.stderr)
    return {line.removeprefix("./") for line in done.stdout.splitlines()}


def _in_ascii(pattern: str) -> str:
    r"""Have \w, \d, \s and \b mean to ripgrep what they mean to RE2."""
    return re.sub(r"(?<!\\)((?:\\\\)*)(\\[wWdDsSbB])", r"\1(?-u:\2)", pattern)
