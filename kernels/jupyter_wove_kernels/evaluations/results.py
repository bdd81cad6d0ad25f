"""What came of an evaluation, as a notebook shows it."""

from dataclasses import dataclass, field
from html import escape
from typing import Any

from jupyter_wove_kernels.client import Json

VEGA = "application/vnd.vegalite.v5+json"
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
HEADS = ["Version", "Model", "Score", "95 %", "Rows", "Missing", "Cost", "Median", "95th"]


@dataclass
class Cell:
    """One row of the data, answered by a version with a model; a failure has no score."""

    row: int
    version: str
    model: str
    answer: str = ""
    seconds: float | None = None
    grades: dict[str, float | None] = field(default_factory=dict)
    score: float | None = None
    failure: str = ""


@dataclass
class Evaluation:
    """All that came: `summary` as the server keeps it, and `cells` with the answers, only here."""

    prompt: str
    summary: Json
    cells: list[Cell]
    data: list[Json]

    @property
    def failures(self) -> list[Cell]:
        """List what was not answered or could not be graded, with why."""
        return [cell for cell in self.cells if cell.failure or cell.score is None]

    def records(self) -> list[Json]:
        """List the answers with their rows and grades, to be made a data frame of."""
        return [
            self.data[cell.row]
            | {"version": cell.version, "model": cell.model, "answer": cell.answer}
            | cell.grades
            | {"score": cell.score, "seconds": cell.seconds, "failure": cell.failure}
            for cell in self.cells
        ]

    def plot(self) -> Json:
        """Describe the scores with their intervals as Vega-Lite does."""
        score = {"type": "quantitative", "scale": {"domain": [0, 1]}, "axis": {"format": "%"}}
        error = {"x": score | {"field": "low", "title": "Score"}, "x2": {"field": "high"}}
        version = {"field": "version", "type": "nominal", "title": "Version"}
        point = {"type": "point", "filled": True, "size": 60, "tooltip": True}
        layer = [
            {"mark": "rule", "encoding": error | {"y": version}},
            {"mark": point, "encoding": {"x": score | {"field": "mean"}, "y": version}},
        ]
        return {
            "$schema": SCHEMA,
            "data": {"values": self.summary["scores"]},
            "facet": {"row": {"field": "model", "type": "nominal", "title": "Model"}},
            "spec": {"width": 400, "layer": layer},
        }

    def _repr_mimebundle_(self, **options: Any) -> Json:
        return {"text/plain": repr(self), "text/html": self._html()}

    def _ipython_display_(self) -> None:
        from IPython.display import display  # noqa: PLC0415 — only where it is shown

        display(self._repr_mimebundle_(), raw=True)
        if self.summary["scores"]:
            display({VEGA: self.plot(), "text/plain": "(a plot of the scores)"}, raw=True)

    def __repr__(self) -> str:
        lines = ["\t".join(HEADS), *("\t".join(_row(each)) for each in self.summary["scores"])]
        return "\n".join([*lines, *self._said()])

    def _html(self) -> str:
        heads = "".join(f"<th>{each}</th>" for each in HEADS)
        rows = ("".join(f"<td>{escape(v)}</td>" for v in _row(e)) for e in self.summary["scores"])
        body = "".join(f"<tr>{each}</tr>" for each in rows)
        said = "".join(f"<p>{escape(each)}</p>" for each in self._said())
        return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>{said}"

    def _said(self) -> list[str]:
        said = [_contrast(each) for each in self.summary["contrasts"]]
        if failed := self.failures:
            first = failed[0].failure or "no grade"
            said.append(f"{len(failed)} without a score; the first one: {first} See .failures.")
        return said


def _row(score: Json) -> list[str]:
    between = "" if score["low"] is None else f"{score['low']:.0%} to {score['high']:.0%}"
    return [
        score["version"],
        score["model"],
        "" if score["mean"] is None else f"{score['mean']:.0%}",
        between or "too few rows",
        str(score["graded"]),
        str(score["missing"]),
        "unknown" if score["dollars"] is None else f"${score['dollars']}",
        _seconds(score["median"]),
        _seconds(score["p95"]),
    ]


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{value:.1f} s"


def _contrast(found: Json) -> str:
    said = f"{found['version']} less {found['base']} with {found['model']}: "
    said += f"{found['difference']:+.0%} on {found['rows']} rows"
    if found["low"] is None:
        return f"{said}; too few to say more."
    return f"{said}, between {found['low']:+.0%} and {found['high']:+.0%}: {_verdict(found)}."


def _verdict(found: Json) -> str:
    if found["low"] > 0:
        return "better"
    return "worse" if found["high"] < 0 else "no difference is seen"
