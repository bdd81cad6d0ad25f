"""Plots of what became of answers, as Vega-Lite describes them; JupyterLab draws them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from jupyter_wove.outcomes.models import Fact, Plot, Rate, Summary
from jupyter_wove.outcomes.summaries import summary

Row = dict[str, Any]
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
BASE: Row = {"$schema": SCHEMA, "width": 400, "height": 180, "background": None}
WEEK: Row = {"field": "week", "type": "temporal", "title": "Week", "axis": {"format": "%d %b"}}
VERSION: Row = {"field": "version", "type": "nominal", "title": "Version"}


def plots(facts: Sequence[Fact]) -> list[Plot]:
    """Draw each version week by week, as far as enough people used it in that week."""
    weeks = [
        (number, week, found)
        for (number, week), each in sorted(_by_week(facts).items())
        if (found := summary(each)) is not None
    ]
    accepted = _rates(weeks, lambda found: found.accepted)
    fine = _rates(weeks, lambda found: found.ran)
    tokens = _values(weeks, lambda found: found.tokens_per_accepted)
    cost = _values(weeks, lambda found: found.dollars_per_accepted)
    return [
        Plot("acceptance", "Changes that were accepted", _of_rates(accepted)),
        Plot("runs", "Cells that ran without an error", _of_rates(fine)),
        Plot("tokens", "Tokens for each accepted change", _of_values(tokens, "Tokens")),
        Plot("cost", "Dollars for each accepted change", _of_values(cost, "Dollars")),
    ]


def _by_week(facts: Iterable[Fact]) -> dict[tuple[str, date], list[Fact]]:
    found: dict[tuple[str, date], list[Fact]] = {}
    for fact in facts:
        found.setdefault((fact.number, fact.week), []).append(fact)
    return found


Weeks = list[tuple[str, date, Summary]]


def _rates(weeks: Weeks, of: Callable[[Summary], Rate | None]) -> list[Row]:
    return [
        {
            "version": number,
            "week": week.isoformat(),
            "share": rate.share,
            "low": rate.low,
            "high": rate.high,
        }
        for number, week, found in weeks
        if (rate := of(found)) is not None
    ]


def _values(weeks: Weeks, of: Callable[[Summary], int | str | None]) -> list[Row]:
    return [
        {"version": number, "week": week.isoformat(), "value": float(value)}
        for number, week, found in weeks
        if (value := of(found)) is not None
    ]


def _of_rates(rows: list[Row]) -> Row:
    """Draw shares with their intervals."""
    share = {"type": "quantitative", "scale": {"domain": [0, 1]}, "axis": {"format": "%"}}
    band = {
        "mark": {"type": "errorbar", "ticks": True},
        "encoding": {
            "y": share | {"field": "low", "title": "Share"},
            "y2": {"field": "high"},
        },
    }
    line = {
        "mark": {"type": "line", "point": True, "tooltip": True},
        "encoding": {"y": share | {"field": "share", "title": "Share"}},
    }
    return BASE | {
        "data": {"values": rows},
        "encoding": {"x": WEEK, "color": VERSION},
        "layer": [band, line],
    }


def _of_values(rows: list[Row], title: str) -> Row:
    value = {"field": "value", "type": "quantitative", "title": title}
    return BASE | {
        "data": {"values": rows},
        "mark": {"type": "line", "point": True, "tooltip": True},
        "encoding": {"x": WEEK, "y": value, "color": VERSION},
    }
