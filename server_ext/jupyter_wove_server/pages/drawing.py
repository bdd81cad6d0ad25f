"""Fill in the templates; what they are given is escaped unless our sanitisers made it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

UNITS = [("year", 31_536_000), ("month", 2_592_000), ("week", 604_800), ("day", 86_400)]
SHORT_UNITS = [("hour", 3600), ("minute", 60)]
KILOBYTE = 1000


def draw(template: str, **shown: Any) -> str:
    """Draw a page."""
    return _ENVIRONMENT.get_template(template).render(**shown)


def since(moment: datetime) -> str:
    """Say how long ago a moment was."""
    seconds = (datetime.now(UTC) - moment).total_seconds()
    for unit, length in UNITS + SHORT_UNITS:
        if seconds >= length:
            return counted(int(seconds // length), unit) + " ago"
    return "just now"


def counted(number: int, noun: str) -> str:
    """Say how many there are of something."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def size(count: float) -> str:
    """Write a number of bytes for people."""
    for unit in ("B", "kB", "MB"):
        if count < KILOBYTE:
            return f"{count:.0f} {unit}" if unit == "B" else f"{count:.1f} {unit}"
        count /= KILOBYTE
    return f"{count:.1f} GB"


_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    auto_reload=False,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters.update(since=since, counted=counted, size=size)
