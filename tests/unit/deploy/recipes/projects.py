"""Small projects, written down as the recipes read them."""

import json

from jupyter_wove.deploy import detect


class Written:
    """Files by their path."""

    def __init__(self, files):
        self.files = {
            path: text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
            for path, text in files.items()
        }

    def names(self):
        return {path: len(content) for path, content in self.files.items()}

    def read(self, path):
        return self.files[path]


def plan(files, **wanted):
    """See what some files become."""
    return detect(Written(files), **wanted)


def book(*sources, outputs=(), language="python"):
    """Write a notebook of code cells; with outputs it has been run."""
    cells = [
        {"cell_type": "code", "source": source, "outputs": list(outputs), "metadata": {}}
        for source in sources
    ]
    kernel = {"kernelspec": {"language": language, "name": "k"}}
    return json.dumps({"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5})


RUN = [{"output_type": "stream", "name": "stdout", "text": "1"}]
