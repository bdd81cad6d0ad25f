"""Qualifiers such as `tag:ocean` and `stars:>10`: read, and written again."""

import re

from jupyter_wove.search.queries.question import (
    CHOICES,
    MEASURES,
    Choice,
    Filter,
    Measure,
    Range,
)
from jupyter_wove.search.texts import clean

LONGEST_VALUE, MOST_VALUES = 200, 20

_VALUE = re.compile(r'"([^"]*)"?|([^,"]+)')
_BARE = re.compile(r'[^\s,"]+')
_NUMBER = re.compile(
    r"(?P<sign>[<>]=?|=)?(?P<first>\d{1,9})(?P<unit>[smhdwy]?)"
    r"|(?P<least>\d{1,9})(?P<least_unit>[smhdwy]?)\.\.(?P<most>\*|\d{1,9})(?P<most_unit>[smhdwy]?)",
    re.ASCII,
)
_SECONDS = {"y": 31_536_000, "w": 604_800, "d": 86_400, "h": 3_600, "m": 60, "s": 1}
_LARGEST = 10**9 - 2  # so that one more still has nine digits
_YES, _NO = {"yes", "true"}, {"no", "false"}


def qualifier(name: str, value: str, *, no: bool) -> Filter | Range | None:
    """Read what stands behind a name and its colon; None where that is no value of it."""
    for choice in CHOICES:
        if choice == name:
            return _choice(choice, value, no=no)
    for measure in MEASURES:
        if measure == name:
            return _measure(measure, value, no=no)
    return None


def written(qualifier: Filter | Range) -> str:
    """Write a qualifier so that it reads as itself."""
    value = _values(qualifier) if isinstance(qualifier, Filter) else _bounds(qualifier)
    return f"{'-' if qualifier.no else ''}{qualifier.name}:{value}"


def quoted(value: str) -> str:
    """Write a value of a qualifier, in quotes where it would not be read as one without."""
    bare = _BARE.fullmatch(value)
    return value if bare else '"{}"'.format(value.replace('"', " "))


def _choice(name: Choice, text: str, *, no: bool) -> Filter | None:
    found = (in_quotes or bare for in_quotes, bare in _VALUE.findall(text))
    values = [_plain(name, each) for each in found]
    kept = tuple(dict.fromkeys(each for each in values if each))[:MOST_VALUES]
    return Filter(name, kept, no) if kept else None


def _plain(name: Choice, value: str) -> str:
    plain = " ".join(clean(value, LONGEST_VALUE).split())
    if name == "user":
        return plain.removeprefix("@")
    is_word = any(map(str.isalnum, plain))
    return plain if is_word or name == "path" else ""


def _measure(name: Measure, text: str, *, no: bool) -> Range | None:
    if name == "verified" and text.lower() in _YES | _NO:
        return Range(name, 0, None, no != (text.lower() in _NO))
    found = _NUMBER.fullmatch(text.lower())
    if found is None or not _has_fitting_units(name, found):
        return None
    if found["least"]:
        return _between(name, found, no=no)
    number = _number(found["first"], found["unit"])
    sign = found["sign"] or ("<=" if name == "verified" else "=")
    least = {">": number + 1, ">=": number, "=": number}.get(sign)
    most = {"<": number - 1, "<=": number, "=": number}.get(sign)
    return Range(name, least, most, no)


def _between(name: Measure, found: re.Match[str], *, no: bool) -> Range:
    least = _number(found["least"], found["least_unit"])
    is_open = found["most"] == "*"
    most = None if is_open else _number(found["most"], found["most_unit"])
    return Range(name, least, most, no)


def _has_fitting_units(name: Measure, found: re.Match[str]) -> bool:
    """Ages have units, and counts have none."""
    numbers = (("first", "unit"), ("least", "least_unit"), ("most", "most_unit"))
    given = [(found[number], found[unit]) for number, unit in numbers if found[number]]
    return all((name == "verified") == bool(unit) or number == "*" for number, unit in given)


def _number(digits: str, unit: str) -> int:
    return min(int(digits) * _SECONDS.get(unit, 1), _LARGEST)


def _values(each: Filter) -> str:
    return ",".join(quoted(value) for value in each.values)


def _bounds(each: Range) -> str:
    least, most = _bound(each, each.least), _bound(each, each.most)
    if each.name == "verified" and (each.least, each.most) == (0, None):
        return "yes"
    if each.least == each.most:
        return f"={least}"
    if each.least is None:
        return f"<={most}" if each.most is None or each.most >= 0 else f"<{_bound(each, 0)}"
    return f"{least}..{most}" if each.most is not None else f">={least}"


def _bound(each: Range, number: int | None) -> str:
    if number is None or each.name != "verified":
        return str(number)
    unit = next(unit for unit, size in _SECONDS.items() if number % size == 0)
    return f"{number // _SECONDS[unit]}{unit}"
