"""What tests ask of Wove: one operation, the way a request does it."""

import json

from jupyter_wove.app import all_services

SERVICE_NAMES = {service.__name__: service for service in all_services()}


def ask(wove, actor, operation, *arguments, **named):
    """Do one operation as somebody, in a request of its own."""
    service = SERVICE_NAMES[operation.__qualname__.partition(".")[0]]
    with wove.call(actor, writes=True) as call:
        return operation(call.of(service), actor, *arguments, **named)


def folder_of(wove, project):
    """Find where the files of a project are."""
    return wove.workspaces.root / project.folder


def write_notebook(folder, name, *sources):
    """Put a notebook with these code cells into a folder."""
    cells = [
        {
            "cell_type": "code",
            "id": f"cell-{number}",
            "metadata": {"trusted": True},
            "source": source,
            "outputs": [],
            "execution_count": None,
        }
        for number, source in enumerate(sources)
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / name).write_text(json.dumps(notebook))
