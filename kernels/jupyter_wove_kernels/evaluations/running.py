"""Runs an evaluation: every version with every model on every row, a few at a time."""

import csv
import hashlib
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from statistics import fmean
from typing import Any

from IPython.display import display

from jupyter_wove_kernels.client import Json, Server, WoveError
from jupyter_wove_kernels.evaluations.graders import Grader, Row
from jupyter_wove_kernels.evaluations.results import Cell, Evaluation
from jupyter_wove_kernels.views import apart

PURPOSE = "evaluation"
MOST_ROWS = 500
TOLD_EVERY = 0.3  # seconds
STOPPED = "Stopped. What there is of it is kept."
NO_ROWS = f"Give between 1 and {MOST_ROWS} rows: a data frame, a list of dicts, or a CSV file."


def evaluate(
    prompt: str,
    data: Any,
    graders: Sequence[Grader],
    versions: Sequence[str] = ("latest",),
    models: Sequence[str] = (),
    *,
    judge: str = "",
    at_once: int = 4,
) -> Evaluation:
    """Try versions of a prompt with models on rows of data, and have the answers graded.

    `prompt` is its address, as in `ann/explain`. `data` is a pandas data frame, a list of dicts,
    or the path of a CSV file; columns are the inputs of their names, and what graders want.
    Without `models` the first one there is answers; `judge` is the one that judges. Interrupting
    the kernel keeps what there is. Raises WoveError where the server says no.
    """
    server, rows, graders = Server.known(), rows_of(data), _named_apart(graders)
    asked: Json = {"versions": list(versions), "models": list(models) or server.models()[:1]}
    asked |= {"rows": len(rows), "graders": [each.name for each in graders]}
    begun = server.begin(prompt, asked | {"data": digest_of(rows)})
    work = _Work(server, prompt, begun, rows, graders, judge or begun["models"][0])
    cells = work.cells(max(1, at_once))
    results = [each.result() for each in _grouped(cells, begun, len(rows))]
    summary = server.end(prompt, begun["id"], results) if results else begun
    return Evaluation(prompt, summary, cells, [dict(row) for row in rows])


def _named_apart(graders: Sequence[Grader]) -> list[Grader]:
    """Number graders of the same name."""
    seen, found = Counter[str](), list[Grader]()
    for each in graders:
        seen[each.name] += 1
        again = f" ({seen[each.name]})" if seen[each.name] > 1 else ""
        found.append(Grader(f"{each.name}{again}", each.grade))
    return found


def rows_of(data: Any) -> list[Row]:
    """Read rows of data. Raises WoveError for none, for too many, and for what are no rows."""
    if isinstance(data, str | Path):
        with Path(data).open(newline="", encoding="utf-8") as file:
            data = list(csv.DictReader(file))
    elif hasattr(data, "to_dict") and hasattr(data, "columns"):
        data = data.to_dict("records")
    rows = list(data)
    if not 0 < len(rows) <= MOST_ROWS or not all(isinstance(each, Mapping) for each in rows):
        raise WoveError(NO_ROWS)
    return rows


def digest_of(rows: Iterable[Row]) -> str:
    """Name data by what they say, so that the same are known again."""
    written = json.dumps([dict(row) for row in rows], sort_keys=True, default=str)
    return hashlib.sha256(written.encode()).hexdigest()


@dataclass
class _Work:
    """The work of one evaluation."""

    server: Server
    prompt: str
    begun: Json
    rows: Sequence[Row]
    graders: list[Grader]
    judge: str
    inputs: dict[str, set[str]] = field(default_factory=dict)  # names, by the version

    def cells(self, at_once: int) -> list[Cell]:
        """Do all of it, and say how far it is; an interrupt ends it."""
        for version in self.begun["versions"]:
            found = self.server.inputs(f"{self.prompt}@{version}")
            self.inputs[version] = {each["name"] for each in found}
        done, progress = list[Cell](), _Progress(len(self._wanted()))
        with ThreadPoolExecutor(at_once) as pool:
            begun = [pool.submit(self._cell, *each) for each in self._wanted()]
            try:
                for each in as_completed(begun):
                    done.append(each.result())
                    progress.tell(done)
            except KeyboardInterrupt:
                done = _stopped(pool, begun)
                progress.note = STOPPED
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        progress.tell(done, is_over=True)
        return sorted(done, key=lambda cell: cell.row)

    def _wanted(self) -> list[tuple[int, str, str]]:
        """List what is to be done: row by row, so that one who stops has the same of each."""
        rows = range(len(self.rows))
        return list(product(rows, self.begun["versions"], self.begun["models"]))

    def _cell(self, number: int, version: str, model: str) -> Cell:
        cell, row = Cell(number, version, model), self.rows[number]
        began = time.monotonic()
        try:
            cell.answer = self._ask(self._messages(row, version), model, version)
            cell.seconds = time.monotonic() - began
        except WoveError as error:
            cell.failure = str(error)
            return cell
        cell.grades = {each.name: self._grade(each, cell, row) for each in self.graders}
        known = [grade for grade in cell.grades.values() if grade is not None]
        cell.score = fmean(known) if len(known) == len(self.graders) else None
        return cell

    def _grade(self, grader: Grader, cell: Cell, row: Row) -> float | None:
        def ask(question: str) -> str:
            said = [{"role": "user", "content": question}]
            return self._ask(said, self.judge, cell.version)

        try:
            found = grader.grade(cell.answer, row, ask)
        except Exception as error:  # anybody's code, and the answers are paid for
            cell.failure = f"{grader.name}: {error!r}"
            return None
        return None if found is None else min(1.0, max(0.0, float(found)))

    def _messages(self, row: Row, version: str) -> list[Json]:
        known = {name: row[name] for name in self.inputs[version] if name in row}
        return self.server.rendered(f"{self.prompt}@{version}", *apart(known)).messages

    def _ask(self, messages: list[Json], model: str, version: str) -> str:
        named = f"{self.begun['id']}@{version}"
        return "".join(self.server.ask(messages, model, purpose=PURPOSE, prompt=named))


def _stopped(pool: ThreadPoolExecutor, begun: list["Future[Cell]"]) -> list[Cell]:
    """Begin nothing more; wait for what is under way, which costs what it costs."""
    pool.shutdown(wait=True, cancel_futures=True)
    return [each.result() for each in begun if not each.cancelled()]


def _grouped(cells: list[Cell], begun: Json, rows: int) -> Iterator["_Group"]:
    for version in begun["versions"]:
        for model in begun["models"]:
            group = _Group(version, model, [None] * rows, [None] * rows)
            found = [cell for cell in cells if (cell.version, cell.model) == (version, model)]
            for cell in found:
                group.scores[cell.row], group.seconds[cell.row] = cell.score, cell.seconds
            if found:
                yield group


@dataclass
class _Group:
    """What came of a version with a model, as the server takes it."""

    version: str
    model: str
    scores: list[float | None]
    seconds: list[float | None]

    def result(self) -> Json:
        """Write it down."""
        return {
            "version": self.version,
            "model": self.model,
            "scores": self.scores,
            "seconds": self.seconds,
        }


class _Progress:
    """How far it is, in one line."""

    def __init__(self, wanted: int) -> None:
        self.note = ""
        self._wanted = wanted
        self._told = time.monotonic()
        self._handle = display(self._line([]), raw=True, display_id=True)

    def tell(self, done: list[Cell], *, is_over: bool = False) -> None:
        """Say it, if that was not just now."""
        if is_over or time.monotonic() - self._told > TOLD_EVERY:
            self._handle.update(self._line(done), raw=True)
            self._told = time.monotonic()

    def _line(self, done: list[Cell]) -> dict[str, str]:
        failed = sum(bool(each.failure) for each in done)
        said = f"{len(done)} of {self._wanted} answers, {failed} failed. {self.note}"
        return {"text/plain": said.strip()}
