"""By what a change is known again: digests of the lines that came new."""

from hashlib import sha256

from jupyter_wove.collaboration import Wish

SHORT = 16  # letters of a digest
MOST = 500


def fresh_lines(wish: Wish) -> list[str]:
    """Name the lines that a change brings; none where it only takes lines away."""
    before = _lines(wish.base.source) if wish.base else set()
    after = _lines(wish.wanted.source) if wish.wanted else set()
    return sorted(after - before)[:MOST]


def holds(source: str | None, wanted: str, lines: list[str], landed: str | None) -> bool:
    """Tell whether a cell still says what a change brought; None is a cell that is gone."""
    if not wanted or source is None:
        return not wanted and source is None
    if lines:
        return set(lines) <= _lines(source)
    return sha256(source.encode()).hexdigest() == landed


def _lines(source: str) -> set[str]:
    lines = (line.strip() for line in source.splitlines())
    return {sha256(line.encode()).hexdigest()[:SHORT] for line in lines if line}
