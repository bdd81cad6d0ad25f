"""Notebooks that were labelled by reading; their README says how they are written."""

import json
import re
import shlex
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from jupyter_wove.projects import read_notebook
from jupyter_wove.search.facts import Fact, facts_of_notebook

FOLDER = Path(__file__).parent / "notebooks"
KINDS = ("uses", "dataset", "has")
UNLABELLED = {"clean-run"}  # of whole notebooks, not of cells


class Labelled(NamedTuple):
    """A notebook, and what a reader found in each cell."""

    name: str
    content: bytes
    labels: list[set[Fact]]


class Score(NamedTuple):
    """How many facts were found rightly, wrongly, and not."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self):
        return self.right / (self.right + self.wrong)

    @property
    def recall(self):
        return self.right / (self.right + self.missed)


def labelled():
    """Read all notebooks."""
    texts = [path.read_text() for path in sorted(FOLDER.glob("*.txt"))]
    return [_notebook(each) for text in texts for each in re.split(r"(?m)^=== ", text)[1:]]


def differences(notebook):
    """List what was found wrongly and what was not found, by cell."""
    found = facts_of_notebook(read_notebook(notebook.content)).cells
    for number, (facts, labels) in enumerate(zip(found, notebook.labels, strict=True), start=1):
        ours = {fact for fact in facts if fact.kind in KINDS and fact.value not in UNLABELLED}
        yield number, ours, labels


def score(notebooks):
    """Count what was found, by kind."""
    counts = {kind: Counter() for kind in KINDS}
    for notebook in notebooks:
        for _, ours, labels in differences(notebook):
            for fact in ours | labels:
                where = ("missed", "wrong", "right")[(fact in ours) + (fact in ours & labels)]
                counts[fact.kind][where] += 1
    return {kind: Score(n["right"], n["wrong"], n["missed"]) for kind, n in counts.items()}


def _notebook(text):
    head, *cells = re.split(r"(?m)^\[(?=(?:code|markdown)\b)", text)
    name, *settings = head.split("\n")
    kernel = dict(line.split(": ") for line in settings if line).get("kernel", "python")
    pairs = [_cell(cell) for cell in cells]
    document = {
        "cells": [cell for cell, _ in pairs],
        "metadata": {"kernelspec": {"language": kernel, "name": kernel}},
        "nbformat": 4,
        "nbformat_minor": 4,
    }
    return Labelled(name, json.dumps(document).encode(), [labels for _, labels in pairs])


def _cell(text):
    head, _, body = text.partition("]\n")
    kind, _, count = head.partition(" n=")
    lines = body.rstrip("\n").split("\n")
    source = [line for line in lines if not line.startswith((">> ", "== "))]
    cell = {"cell_type": kind, "metadata": {}, "source": "\n".join(source).rstrip("\n")}
    if kind == "code":
        outputs = [_output(line[3:]) for line in lines if line.startswith(">> ")]
        cell |= {"outputs": outputs, "execution_count": int(count) if count else None}
    said = [shlex.split(line[3:]) for line in lines if line.startswith("== ")]
    return cell, {Fact(fact, value) for fact, *values in said for value in values}


def _output(line):
    kind, _, text = line.partition(" ")
    if kind == "stream":
        return {"output_type": "stream", "name": "stdout", "text": text}
    if kind == "error":
        name, _, value = text.partition(": ")
        return {"output_type": "error", "ename": name, "evalue": value, "traceback": []}
    return {"output_type": "display_data", "data": {kind: text}, "metadata": {}}
