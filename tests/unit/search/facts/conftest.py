"""Notebooks in a few words."""

import json

import pytest

from jupyter_wove.projects import read_notebook
from jupyter_wove.search.facts import facts_of_notebook


def cell(source, *outputs, kind="code", count=None, **metadata):
    """Write a cell; outputs are pairs of a kind and its content."""
    written = {"cell_type": kind, "source": source, "metadata": metadata}
    if kind == "code":
        shown = [_output(*each) for each in outputs]
        written |= {"outputs": shown, "execution_count": count}
    return written


def _output(mime, content):
    if mime == "error":
        return {"output_type": "error", "ename": content, "evalue": "", "traceback": []}
    return {"output_type": "display_data", "data": {mime: content}, "metadata": {}}


def notebook(*cells, **metadata):
    """Read a notebook of these cells; texts are cells of code."""
    written = [each if isinstance(each, dict) else cell(each) for each in cells]
    document = {"cells": written, "metadata": metadata, "nbformat": 4, "nbformat_minor": 4}
    return read_notebook(json.dumps(document).encode())


@pytest.fixture
def facts():
    """Find the facts of a notebook: of one kind, in order."""

    def find(kind, *cells, **metadata):
        whole = facts_of_notebook(notebook(*cells, **metadata)).whole
        return sorted(each.value for each in whole if each.kind == kind)

    return find
