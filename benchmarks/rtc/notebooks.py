"""Notebooks to type in: a small one, and one of 10 MB, most of it outputs."""

import base64
import random
from typing import Any

SMALL = 20  # cells
LARGE = 200
IMAGE = 57_000  # bytes, before they are text
LINES = 1_000


def small() -> dict[str, Any]:
    """Make a notebook of 20 cells."""
    return _notebook([_cell(number, f"print({number})\n", []) for number in range(SMALL)])


def large() -> dict[str, Any]:
    """Make a notebook of 10 MB: 200 cells, of which every other has an image and a long log."""
    chance = random.Random(7)
    cells = [
        _cell(number, "x = 1\n" * 20, _outputs(chance) if number % 2 else [])
        for number in range(LARGE)
    ]
    return _notebook(cells)


def _outputs(chance: random.Random) -> list[dict[str, Any]]:
    image = base64.b64encode(chance.randbytes(IMAGE)).decode()
    log = "".join(f"step {line}: loss {chance.random():.6f}\n" for line in range(LINES))
    return [
        {"output_type": "display_data", "data": {"image/png": image}, "metadata": {}},
        {"output_type": "stream", "name": "stdout", "text": log},
    ]


def _cell(number: int, source: str, outputs: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": f"cell-{number}",
        "cell_type": "code",
        "source": source,
        "metadata": {},
        "outputs": outputs,
        "execution_count": number or None,
    }


def _notebook(cells: list[dict[str, Any]]) -> dict[str, Any]:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {
        "cells": cells,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
