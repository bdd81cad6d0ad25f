"""What IPython adds to Python: magics, shell commands, questions; told apart line by line."""

import re
from typing import NamedTuple

from jupyter_wove.search.facts.languages import MAGICS, PYTHON_MAGICS

_CELL = re.compile(r"\s*%%(\S+)([^\n]*)\n?")
_LINE = re.compile(
    r"(?P<before>\s*(?:[\w.\[\], ]{1,200}=\s*)?)(?P<mark>%|!{1,2})(?P<rest>\w.*|\S.*)"
)
_RUNS = re.compile(r"(?:time|timeit|prun|memit|lprun|mprun)\b(?P<code>.*)")
_TIMED = {"time", "timeit", "prun"}
_OPTION = re.compile(r"(?:^|(?<=\s))-[\w.]{1,20}(?:[ ]{1,3}\d{1,9})?(?=\s)")
_QUESTION = re.compile(r"\s*\?{0,2}[\w.*]{1,200}\?{1,2}\s*|\s*\?{1,2}[\w.*]{1,200}\s*")
_NOTHING = "pass"


class Split(NamedTuple):
    """A cell's Python, what it tells the shell and magics, and another language it may be in."""

    language: str | None  # None where nobody knows
    code: str
    shell: tuple[str, ...] = ()
    magics: tuple[str, ...] = ()


def cell_language(source: str) -> tuple[str | None, str]:
    """Tell the language that a Python cell's first line says, and what follows it."""
    first = _CELL.match(source)
    if first is None:
        return "python", source
    rest = source[first.end() :]
    if first[1] in _TIMED:  # what stands in the line runs too, once
        rest = f"{_OPTION.sub('', first[2]).strip()}\n{rest}"
    return ("python" if first[1] in PYTHON_MAGICS else MAGICS.get(first[1])), rest


def split(source: str) -> Split:
    """Take the magics out of Python; as many lines stay."""
    shell: list[str] = []
    magics: list[str] = []
    lines = [_line(line, shell, magics) for line in source.split("\n")]
    return Split("python", "\n".join(lines), tuple(shell), tuple(magics))


def _line(line: str, shell: list[str], magics: list[str]) -> str:
    if match := _LINE.fullmatch(line):
        before, rest = match["before"], match["rest"]
        if match["mark"] != "%":
            shell.append(rest)
        elif runs := _RUNS.fullmatch(rest):
            code = _OPTION.sub("", runs["code"]).strip()
            return before + (code or _NOTHING)
        else:
            magics.append(rest)
        return before + ("None" if before.strip() else _NOTHING)
    return _NOTHING if line.strip() and _QUESTION.fullmatch(line) else line
