"""Google's RE2, the only regular expressions that may meet a pattern of a user.

Its time is proportional to the text, but a large pattern can cost a microsecond a character. So
we refuse what is very large, and give it texts in such pieces that no call takes long.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from jupyter_wove.kit.errors import InvalidRequest
from jupyter_wove.search.patterns.budget import Budget

LARGEST = 50_000  # instructions of a compiled pattern
MOST_MEMORY = 4 * 1024 * 1024  # bytes of one
# Instructions times bytes: a call takes 2 to 13 nanoseconds for each at worst, 0.01 usually.
OF_A_CALL = 5_000_000
OF_A_LINE = 200_000_000
SEARCHING = 20  # instructions more, with which RE2 finds where a match begins
MOST_HITS = 50  # marked in one line
BY_LINES = "(?m)"
Span = tuple[int, int]

_REASONS = {
    "invalid perl operator: (?=": "Look-ahead (?=…) is not supported.",
    "invalid perl operator: (?!": "Look-ahead (?!…) is not supported.",
    "invalid perl operator: (?<": "Look-behind (?<…) is not supported.",
    "invalid escape sequence: \\Z": "Write $ or \\z instead of \\Z.",
    "pattern too large": "The pattern is too large.",
    "invalid repetition size": "Something may be repeated a thousand times at most.",
    "missing )": "A parenthesis is not closed.",
    "unexpected )": "A parenthesis is closed that was not opened.",
    "missing ]": "A bracket is not closed.",
}
_BACK_REFERENCE = "invalid escape sequence: \\"


class Line(NamedTuple):
    """Where a line with a match stands in a text, and where in the text its matches do."""

    start: int
    end: int
    hits: list[Span]


class Expression:
    """A compiled pattern, which looks at one line at a time."""

    def __init__(self, pattern: str, *, case: bool) -> None:
        self._compiled = _compiled(pattern, case=case)
        size = self._compiled.programsize + SEARCHING
        self._piece, self._longest = OF_A_CALL // size, OF_A_LINE // size

    def lines(self, text: bytes, budget: Budget) -> Iterator[Line]:
        """Find the lines that match, in their order; raises OutOfTime."""
        end = len(text) - text.endswith(b"\n")  # no line begins behind the last one's end
        at = 0
        while text and at <= end:
            budget.check()
            stop = self._stop(text, at, end)
            if stop - at > self._longest:
                budget.left_out, at = True, stop + 1
            elif found := self._compiled.search(text, at, stop):
                line = self._line(text, found.start(), end)
                yield line
                at = line.end + 1
            else:
                at = stop + 1

    def matches(self, text: bytes, budget: Budget) -> bool:
        """Tell whether any line matches; raises OutOfTime."""
        if not text or len(text) > self._piece:
            return next(self.lines(text, budget), None) is not None
        budget.check()
        end = len(text) - text.endswith(b"\n")
        return self._compiled.search(text, 0, end) is not None

    def _stop(self, text: bytes, at: int, end: int) -> int:
        """Tell where a call that begins here ends: after as many lines as it may look at."""
        if at + self._piece >= end:
            return end
        last = text.rfind(b"\n", at, at + self._piece)
        return last if last >= 0 else _line_end(text, at, end)

    def _line(self, text: bytes, at: int, end: int) -> Line:
        start, stop = text.rfind(b"\n", 0, at) + 1, _line_end(text, at, end)
        hits = islice(self._compiled.finditer(text, start, stop), MOST_HITS)
        return Line(start, stop, [hit.span() for hit in hits])


def escape(text: str) -> str:
    """Write a text as the pattern that matches just it."""
    import re2  # noqa: PLC0415 — with the first search in code

    return str(re2.escape(text))


def _line_end(text: bytes, at: int, end: int) -> int:
    found = text.find(b"\n", at, end)
    return end if found < 0 else found


def _compiled(pattern: str, *, case: bool) -> Any:
    import re2  # noqa: PLC0415 — with the first search in code: it takes three megabytes

    options = re2.Options()
    options.max_mem, options.log_errors = MOST_MEMORY, False
    options.never_nl, options.never_capture = True, True
    options.case_sensitive = case
    try:
        compiled = re2.compile(f"{BY_LINES}{pattern}".encode(), options)
    except re2.error as error:
        raise InvalidRequest(_sentence(error, pattern)) from error
    finally:
        re2.purge()  # it would keep a hundred, of many megabytes each
    if compiled.programsize > LARGEST:
        raise InvalidRequest(_REASONS["pattern too large"])
    return compiled


def _sentence(error: Any, pattern: str) -> str:
    """Say what is wrong with a pattern."""
    reason = error.args[0].decode(errors="replace") if error.args else ""
    for beginning, sentence in _REASONS.items():
        if reason.startswith(beginning):
            return sentence
    if reason.startswith(_BACK_REFERENCE) and reason.removeprefix(_BACK_REFERENCE)[:1].isdigit():
        return "Back-references such as \\1 are not supported."
    return f"The pattern {pattern} cannot be read: {reason.replace(BY_LINES, '', 1)}."
