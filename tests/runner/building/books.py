"""Notebooks of code, written down."""

import json


def book(*sources):
    """Write a notebook that has not been run."""
    cells = [
        {
            "cell_type": "code", "id": f"c{number}", "source": source, "outputs": [],
            "metadata": {}, "execution_count": None,
        }
        for number, source in enumerate(sources)
    ]  # fmt: skip
    kernel = {"kernelspec": {"name": "conda-env-mine", "language": "python", "display_name": "M"}}
    return json.dumps({"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5})
