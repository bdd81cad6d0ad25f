"""Reads RE2's regular expressions, as far as it takes to tell what a match needs.

RE2 has accepted a pattern before we read it, so nothing here has to find mistakes. What is not
worth understanding, such as large classes of characters, counts as anything at all.
"""

from jupyter_wove.search.patterns.classes import Chars, bracketed, escaped, folded
from jupyter_wove.search.patterns.needs import Need
from jupyter_wove.search.patterns.shapes import (
    EMPTY,
    UNKNOWN,
    Shape,
    either,
    joined,
    needed,
    one_of,
    repeated,
)

_EMPTY_ESCAPES = "bBAz"
_REPEATS = {"*": (0, None), "+": (1, None), "?": (0, 1)}
END = "\\E"


class _Group:
    """What has been read of a group: finished alternatives, and the one being read."""

    def __init__(self, folds: bool) -> None:
        self.folds = folds
        self.done: list[Shape] = []
        self.pieces: list[Shape] = []

    def add(self, shape: Shape) -> None:
        self.pieces.append(shape)

    def repeat(self, least: int, most: int | None) -> None:
        self.pieces.append(repeated(self.pieces.pop(), least, most))

    def begin_another(self) -> None:
        self.done.append(self._joined())
        self.pieces = []

    def shape(self) -> Shape:
        return either([*self.done, self._joined()]) if self.done else self._joined()

    def _joined(self) -> Shape:
        whole = EMPTY
        for piece in self.pieces:
            whole = joined(whole, piece)
        return whole


def need(pattern: str, *, folds: bool) -> Need:
    """Tell what a line must hold to match; with `folds`, whatever its capitals are."""
    return needed(_Reader(pattern, folds).shape())


class _Reader:
    def __init__(self, pattern: str, folds: bool) -> None:
        self.pattern = pattern
        self.at = 0
        self.groups = [_Group(folds)]

    def shape(self) -> Shape:
        while self.at < len(self.pattern):
            self._read(self._take())
        while len(self.groups) > 1:
            self._close()
        return self.groups[0].shape()

    def _read(self, char: str) -> None:
        group = self.groups[-1]
        match char:
            case "(":
                self._open()
            case ")":
                self._close()
            case "|":
                group.begin_another()
            case "^" | "$":
                group.add(EMPTY)
            case ".":
                group.add(UNKNOWN)
            case "[":
                chars, self.at = bracketed(self.pattern, self.at)
                group.add(self._shape(chars))
            case "\\":
                self._escape()
            case "*" | "+" | "?":
                self._repeat(*_REPEATS[char])
            case "{" if repeat := self._counted():
                self._repeat(*repeat)
            case _:
                group.add(self._literal(char))

    def _take(self) -> str:
        self.at += 1
        return self.pattern[self.at - 1]

    def _repeat(self, least: int, most: int | None) -> None:
        if self.pattern.startswith("?", self.at):
            self.at += 1
        self.groups[-1].repeat(least, most)

    def _counted(self) -> tuple[int, int | None] | None:
        """Read `3}`, `3,}` or `3,5}`; anything else after a brace makes it a character."""
        end = self.pattern.find("}", self.at)
        least, comma, most = self.pattern[self.at : max(end, self.at)].partition(",")
        if not _is_number(least) or (most and not _is_number(most)):
            return None
        self.at = end + 1
        return int(least), int(most) if most else None if comma else int(least)

    def _open(self) -> None:
        """Read `(`, `(?:`, `(?P<name>`, `(?<name>`, `(?i:`, or flags alone: `(?i)`."""
        group = _Group(self.groups[-1].folds)
        if self.pattern.startswith("?", self.at):
            end = min(at for each in ":)>" if (at := self.pattern.find(each, self.at)) >= 0)
            flags, closing = self.pattern[self.at + 1 : end], self.pattern[end]
            self.at = end + 1
            folds = group.folds if closing == ">" else _folds(flags, group.folds)
            if closing == ")":
                self.groups[-1].folds = folds
                return
            group.folds = folds
        self.groups.append(group)

    def _close(self) -> None:
        shape = self.groups.pop().shape()
        self.groups[-1].add(shape)

    def _escape(self) -> None:
        char = self._take()
        if char == "Q":
            self._quoted()
        elif char in _EMPTY_ESCAPES:
            self.groups[-1].add(EMPTY)
        else:
            chars, self.at = escaped(self.pattern, self.at - 1)
            self.groups[-1].add(self._shape(chars))

    def _quoted(self) -> None:
        r"""Read what stands between \Q and \E as it is."""
        end = self.pattern.find(END, self.at)
        for char in self.pattern[self.at : end if end >= 0 else None]:
            self.groups[-1].add(self._literal(char))
        self.at = end + len(END) if end >= 0 else len(self.pattern)

    def _literal(self, char: str) -> Shape:
        return self._shape(frozenset([char]))

    def _shape(self, chars: Chars) -> Shape:
        known = folded(chars, alike=self.groups[-1].folds)
        return UNKNOWN if known is None else one_of(known)


def _folds(flags: str, before: bool) -> bool:
    on, _, off = flags.partition("-")
    return ("i" in on) or (before and "i" not in off)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and (text == "0" or text[0] != "0")
