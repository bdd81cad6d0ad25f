"""Draws charts as SVG with nothing but the standard library."""

from collections.abc import Mapping
from html import escape

BAR, GAP, HEIGHT = 32, 8, 160


def bars(values: Mapping[str, float], title: str) -> str:
    """Draw one bar for each name; values must not be negative."""
    top = max(values.values(), default=0) or 1
    drawn = "".join(
        _bar(place * (BAR + GAP) + GAP, HEIGHT * value / top, name, value)
        for place, (name, value) in enumerate(values.items())
    )
    width = len(values) * (BAR + GAP) + GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}" '
        f'height="{HEIGHT + 60}" font-family="sans-serif" font-size="10" text-anchor="middle">'
        f"<title>{escape(title)}</title>"
        f'<text x="{width / 2}" y="14" font-size="13">{escape(title)}</text>{drawn}</svg>'
    )


def _bar(left: float, height: float, name: str, value: float) -> str:
    top, middle = HEIGHT + 40 - height, left + BAR / 2
    return (
        f'<rect x="{left}" y="{top:.1f}" width="{BAR}" height="{height:.1f}" fill="#2a78b5"/>'
        f'<text x="{middle}" y="{top - 4:.1f}">{value:g}</text>'
        f'<text x="{middle}" y="{HEIGHT + 54}">{escape(name)}</text>'
    )
