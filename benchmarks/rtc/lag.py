"""How far the disk is behind people who type very fast, and what a killed server loses."""

import itertools
import time
from pathlib import Path
from typing import Any

from benchmarks.rtc.disk import Disk, Sample
from benchmarks.rtc.lines import Line, Results
from benchmarks.rtc.node import People
from benchmarks.rtc.notebooks import SMALL, small
from benchmarks.rtc.servers import PERSISTENT, run

CLIENTS, RATE = 3, 300
SECONDS, QUICK = 60, 10
LONGER = 2  # seconds that people type on when the server was killed
EVERY = 0.2  # seconds
NAME = "fast"
LETTERS = "abcdefghij"

STORED = Line("300 letters/s: stored late, at worst", "s", bound=1)
WRITTEN = Line("300 letters/s: in the file late, at worst", "s", bound=6)
ACKNOWLEDGED = Line("300 letters/s: acknowledged, 95 of 100", bound=250)
LOST = Line("acknowledged, and lost when the server was killed", "letters", bound=0)
NOT_STORED = Line("typed, and not stored when the server was killed", "letters")
LINES = [STORED, WRITTEN, ACKNOWLEDGED, LOST, NOT_STORED]


def measure(server: str, folder: Path, quick: bool, results: Results) -> None:
    """Type, watch the disk, kill the server, and see what the next one knows."""
    if server not in PERSISTENT:
        return
    samples, told, people = _type(server, folder, QUICK if quick else SECONDS)
    left = _after_the_kill(server, folder)
    samples, last = samples[:-1], samples[-1]
    results.add(STORED, server, max(_stored_behind(each, people) for each in samples))
    files = [each for each in samples if each.lengths]
    results.add(WRITTEN, server, max(_written_behind(each, people) for each in files))
    missing = sum(_typed(each, last.at) - _stored(each, last) for each in people)
    results.add(NOT_STORED, server, missing)
    acknowledged = told["acknowledged"]
    results.add(ACKNOWLEDGED, server, acknowledged)
    if acknowledged is None:
        results.add(LOST, server, None)
        return
    lost = sum(max(0, each["stored"] - _found(each, left)) for each in people)
    wrong = [each["cell"] for each in people if not _is_as_typed(each, left)]
    results.add(LOST, server, lost, *(f"cell {cell} is not as it was typed" for cell in wrong))


def _type(
    server: str, folder: Path, seconds: int
) -> tuple[list[Sample], dict[str, Any], list[dict[str, Any]]]:
    with run(server, folder) as running:
        task = {
            "does": "type",
            "clients": CLIENTS,
            "rate": RATE,
            "seconds": seconds + LONGER,
            "cursors": False,
            "patience": 0,
            "stamps": True,
        }
        with People(folder, **task, **running.room([NAME], small())) as people:
            before = people.hear("ready")["before"]
            disk, samples = Disk(server, folder, NAME), []
            people.go_on()
            until = time.monotonic() + seconds
            while time.monotonic() < until:
                samples.append(disk.look())
                time.sleep(EVERY)
            killed = time.time() * 1e3
            running.process.kill()
            running.process.wait()
            last = disk.look()
            samples.append(Sample(killed, last.clocks, last.lengths))
            told = people.hear("done")
            people.go_on()
            pages = people.hear("report")["people"]
    numbered = enumerate(zip(pages, before, strict=False))
    return samples, told, [page | {"cell": n, "before": length} for n, (page, length) in numbered]


def _after_the_kill(server: str, folder: Path) -> list[str]:
    """Start a server where the other died; return the sources that somebody finds there."""
    with run(server, folder) as running:
        task = {"does": "open", "cells": SMALL}
        with People(folder, **task, **running.room([NAME], small())) as people:
            sources: list[str] = people.hear("open")["sources"]
            return sources


def _stored(person: dict[str, Any], sample: Sample) -> int:
    return max(0, sample.clocks.get(person["client"], 0) - int(person["first"]))


def _typed(person: dict[str, Any], at: float) -> int:
    return sum(stamp <= at for stamp in person["at"])


def _found(person: dict[str, Any], sources: list[str]) -> int:
    return len(sources[person["cell"]]) - int(person["before"])


def _is_as_typed(person: dict[str, Any], sources: list[str]) -> bool:
    letters = "".join(itertools.islice(itertools.cycle(LETTERS), max(0, _found(person, sources))))
    return sources[int(person["cell"])].endswith(letters)


def _stored_behind(sample: Sample, people: list[dict[str, Any]]) -> float:
    return max(_age(each, _stored(each, sample), sample.at) for each in people)


def _written_behind(sample: Sample, people: list[dict[str, Any]]) -> float:
    found = ((each, sample.lengths[each["cell"]] - each["before"]) for each in people)
    return max(_age(each, max(0, count), sample.at) for each, count in found)


def _age(person: dict[str, Any], count: int, at: float) -> float:
    """Tell for how many seconds the first letter after so many had been typed by then."""
    stamps = person["at"]
    return max(0.0, at - stamps[count]) / 1e3 if count < len(stamps) else 0.0
