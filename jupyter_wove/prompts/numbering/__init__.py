"""Numbers of versions, as Semantic Versioning has them, and what `^2` means."""

import re
from typing import Literal, NamedTuple

from jupyter_wove.kit.errors import InvalidRequest

Bump = Literal["none", "patch", "minor", "major"]
LARGEST = 999_999
_PART = r"(0|[1-9][0-9]{0,5})"
_NUMBER = re.compile(rf"{_PART}\.{_PART}\.{_PART}\Z")
_RANGE = re.compile(rf"([~^]?){_PART}(?:\.{_PART})?(?:\.{_PART})?\Z")


class Number(NamedTuple):
    """The number of a version."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        """Write it the usual way."""
        return f"{self.major}.{self.minor}.{self.patch}"


FIRST = Number(1, 0, 0)


def number_of(text: str) -> Number:
    """Read a number. Raises InvalidRequest."""
    found = _NUMBER.match(text)
    if found is None:
        raise InvalidRequest(f"{text:.40} is no number of a version. Write one like 1.2.0.")
    return Number(*map(int, found.groups()))


def span(text: str) -> tuple[Number, Number] | None:
    """Read `2.1.0`, `^2.1`, `~2.1` or `2`: the first number that fits, and the first beyond.

    None for anything else, such as the name of a label.
    """
    found = _RANGE.match(text)
    if found is None:
        return None
    sign, *parts = found.groups()
    given = [int(part) for part in parts if part is not None]
    major, minor, patch = [*given, 0, 0][:3]
    low = Number(major, minor, patch)
    return low, _beyond(low, _fixed(sign, given))


def bumped(number: Number, by: Bump) -> Number:
    """Count up."""
    match by:
        case "major":
            return Number(number.major + 1, 0, 0)
        case "minor":
            return Number(number.major, number.minor + 1, 0)
    return Number(number.major, number.minor, number.patch + 1)


def _fixed(sign: str, given: list[int]) -> int:
    """Say how many parts of a number may not change: with ^, up to the first that is not 0."""
    if sign == "^":
        leading = next((place for place, part in enumerate(given) if part), len(given) - 1)
        return leading + 1
    return min(len(given), 2) if sign == "~" else len(given)


def _beyond(low: Number, fixed: int) -> Number:
    kept = list(low[:fixed])
    kept[-1] += 1
    major, minor, patch = [*kept, 0, 0][:3]
    return Number(major, minor, patch)
