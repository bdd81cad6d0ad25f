"""An answer on its way to somebody who is to find out for themselves: without the code."""

import re
from collections.abc import Callable

from jupyter_wove.ai.tutoring.lines import FENCE, Kind, Line, Lines, looks_like_code, spans
from jupyter_wove.ai.tutoring.models import LINES, Binding, until_when

END_OF_LINE = re.compile(r"\r\n|\n|\r(?=.)", re.DOTALL)
AGAIN = "*[Code is withheld here, too.]*"
INSTEAD = "[…]"


class Withholding:
    """Lets pass as many lines of code as a policy allows, in all of one answer.

    What comes is looked at line by line, so it does not matter how it was cut.
    """

    def __init__(self, binding: Binding) -> None:
        self.binding = binding
        self._left = LINES[binding.level]
        self._lines = Lines()
        self._waiting = ""
        self._is_open = False  # our own fence
        self._is_hiding = False  # the code that goes on
        self._has_said = False
        self._language = ""

    def add(self, piece: str) -> str:
        """Take a piece of the answer; return what may be told by now."""
        if self._left is None:
            return piece
        *whole, self._waiting = END_OF_LINE.split(self._waiting + piece)
        return "".join(self._told(line) for line in whole)

    def end(self) -> str:
        """Return what is left; another answer may follow, for which the same lines are left."""
        rest, self._waiting = self._waiting.removesuffix("\r"), ""
        told = self._told(rest).removesuffix("\n") if rest else ""
        told += self._close()
        self._lines, self._is_hiding = Lines(), False
        return told

    def _told(self, text: str) -> str:
        line = self._lines.read(text)
        if line.kind is Kind.EDGE:
            self._language, self._is_hiding = line.language, False
            return self._close()
        if line.kind is Kind.CODE:
            return self._code(line)
        self._is_hiding = self._is_hiding and not text.strip()
        return self._close() + self._prose(line)

    def _code(self, line: Line) -> str:
        if not line.text.strip():
            return "\n" if self._is_open else ""
        if not self._left or FENCE.match(line.text.strip()):
            return self._close() + self._hidden()
        self._left -= 1
        return f"{self._begin()}{line.text}\n"

    def _prose(self, line: Line) -> str:
        if looks_like_code(line.text):
            return self._line_of_prose(line, self._hidden)
        self._is_hiding = False if line.text else self._is_hiding
        pieces = spans(line.text)
        if not pieces:
            return f"{line.text}\n"
        return self._line_of_prose(line, lambda: self._without(line.text, pieces))

    def _line_of_prose(self, line: Line, otherwise: Callable[[], str]) -> str:
        if not self._left:
            return otherwise()
        self._left -= 1
        return f"{line.text}\n"

    def _without(self, text: str, pieces: list[str]) -> str:
        for piece in pieces:
            text = text.replace(piece, INSTEAD)
        said = "" if self._has_said else self._sentence()
        return f"{text}\n{said}"

    def _begin(self) -> str:
        begun = "" if self._is_open else f"```{self._language}\n"
        self._is_open = True
        return begun

    def _close(self) -> str:
        told = "```\n" if self._is_open else ""
        self._is_open = False
        return told

    def _hidden(self) -> str:
        """Say, once for lines that follow each other, that there was code."""
        if self._is_hiding:
            return ""
        self._is_hiding = True
        return self._sentence()

    def _sentence(self) -> str:
        said = AGAIN if self._has_said else f"*[{until_when(self.binding)} Code is withheld.]*"
        self._has_said = True
        return f"\n{said}\n\n"
