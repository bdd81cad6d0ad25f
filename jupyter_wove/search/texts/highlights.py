"""The words that were found, shown in a little of the text around them."""

import re
from bisect import bisect_left

from jupyter_wove.search.models import Fragment
from jupyter_wove.search.texts import OFF, ON, SEPARATOR

AROUND = 160  # characters of a snippet
BEFORE = 40  # of these, at most so many before the first hit
MORE = "…"

_SPACE = re.compile(r"\s+")
_HIT = re.compile(f"{ON}([^{ON}{OFF}]*){OFF}")


def fragments(marked: str) -> list[Fragment]:
    """Cut a text with marks into the pieces that are hits and those between."""
    return _cut(*_plain(marked))


def marked_words(*marked: str) -> list[str]:
    """List the words that are marked in some texts, each once, in small letters."""
    hits = (hit for text in marked for hit in _HIT.findall(text.replace(SEPARATOR, "")))
    return list(dict.fromkeys(hit.casefold() for hit in hits))


def plain(marked: str) -> str:
    """Take the marks of the index out of a text."""
    return _plain(marked)[0]


def snippet(marked: str) -> list[Fragment]:
    """Cut out the stretch of a text in which most was found."""
    text, hits = _plain(marked)
    start = max(0, _densest(hits) - BEFORE)
    end = min(len(text), start + AROUND)
    start = max(0, min(start, end - AROUND))
    start, end = _at_words(text, hits, start, end)
    head, tail = MORE if start else "", MORE if end < len(text) else ""
    inside = [(a + len(head), b + len(head)) for a, b in _shifted(hits, start, end)]
    return _cut(head + text[start:end] + tail, inside)


def _plain(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """Take the marks out; return the text, and from where to where each hit goes."""
    line = _SPACE.sub(" ", marked.replace(SEPARATOR, "")).strip()
    text, hits, end = "", [], 0
    for hit in _HIT.finditer(line):
        text += line[end : hit.start()]
        hits.append((len(text), len(text) + len(hit[1])))
        text, end = text + hit[1], hit.end()
    return text + line[end:], hits


def _densest(hits: list[tuple[int, int]]) -> int:
    """Find the hit that most others follow closely."""
    starts = [start for start, _ in hits]  # in their order
    reach = AROUND - BEFORE
    followers = {start: bisect_left(starts, start + reach) - at for at, start in enumerate(starts)}
    return max(starts, key=lambda start: (followers[start], -start), default=0)


def _at_words(text: str, hits: list[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """Narrow a stretch to where words begin and end, unless that costs a hit."""
    first = min((a for a, b in hits if start <= a and b <= end), default=end)
    last = max((b for a, b in hits if start <= a and b <= end), default=start)
    if start and (space := text.find(" ", start, first)) >= 0:
        start = space + 1
    if end < len(text) and (space := text.rfind(" ", max(last, start + 1), end)) >= 0:
        end = space
    return start, end


def _shifted(hits: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    inside = [(max(a, start), min(b, end)) for a, b in hits if a < end and b > start]
    return [(a - start, b - start) for a, b in inside]


def _cut(text: str, hits: list[tuple[int, int]]) -> list[Fragment]:
    found, end = [], 0
    for a, b in hits:
        found += [Fragment(text[end:a], False), Fragment(text[a:b], True)]
        end = b
    return [each for each in [*found, Fragment(text[end:], False)] if each.text]
