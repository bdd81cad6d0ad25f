"""Runs notebooks, cell by cell, and tells of the first that fails.

Runs in a sandbox, in the environment of the project: `python execute.py SECONDS NOTEBOOK…`. Its
last lines, after a mark, say in JSON what failed. With `--each` before the notebooks it goes on
with the next one, and says of each how it went, with a bare mark after it.
"""

import asyncio
import json
import re
import sys
import time
from pathlib import Path
from typing import Any

# jsonschema would parse a grammar for a second as it is imported, to check addresses that no
# notebook has; without it, it does without.
sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]

import nbformat  # noqa: E402
from nbclient import NotebookClient  # noqa: E402
from nbclient.exceptions import (  # noqa: E402
    CellExecutionError,
    CellTimeoutError,
    DeadKernelError,
)

MARK = "\x1ewove:"
PIECE = 1000  # characters of a line
LONGEST = 20_000
PYTHON = ("python", "python3", "ipython")
ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")


def main() -> None:
    """Run the notebooks that are named."""
    seconds, *paths = int(sys.argv[1]), *sys.argv[2:]
    if paths[:1] == ["--each"]:
        return each(paths[1:], seconds)
    for path in paths:
        if failure := asyncio.run(run(path, seconds)):
            tell({"path": path, **failure})
            sys.exit(1)


def each(paths: list[str], seconds: int) -> None:
    """Run all notebooks, and say of each how long that took and what failed."""
    for path in paths:
        begun = time.monotonic()
        told = judged(path, seconds)
        tell({"path": path, "seconds": round(time.monotonic() - begun, 1), **told})
        print(MARK, flush=True)


def judged(path: str, seconds: int) -> dict[str, Any]:
    """Run one notebook, if it can be run here; say what failed, or why it was not run."""
    try:
        book = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    except Exception as error:  # whatever a file may hold
        return {"cell": None, "kind": "unreadable", "said": str(error)[:500], "traceback": ""}
    language = book.metadata.get("kernelspec", {}).get("language", "python")
    if str(language).lower() not in PYTHON:
        return {"cell": None, "kind": "foreign", "said": str(language)[:40], "traceback": ""}
    return asyncio.run(run(path, seconds)) or {}


async def run(path: str, seconds: int) -> dict[str, Any] | None:
    """Run one notebook and write what it shows into it, where that can be written."""
    book = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    folder = {"metadata": {"path": str(Path(path).parent)}}
    client = NotebookClient(book, timeout=seconds, kernel_name="python3", resources=folder)
    total = sum(cell.cell_type == "code" for cell in book.cells)
    number = 0
    try:
        async with client.async_setup_kernel():
            for index, cell in enumerate(book.cells):
                if cell.cell_type == "code":
                    number += 1
                    print(f"{path}: cell {number} of {total}", flush=True)
                    await client.async_execute_cell(cell, index)
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        return failed(error, number)
    write(book, path)
    return None


def failed(error: Exception, number: int) -> dict[str, Any]:
    """Say what went wrong in a cell."""
    kinds = {CellTimeoutError: "slow", DeadKernelError: "dead"}
    said = f"{getattr(error, 'ename', '')}: {getattr(error, 'evalue', '')}".strip(": ")
    return {
        "cell": number,
        "kind": kinds.get(type(error), "error"),
        "said": ANSI.sub("", said)[:500],
        "traceback": ANSI.sub("", getattr(error, "traceback", ""))[-LONGEST:],
    }


def write(book: Any, path: str) -> None:
    """Keep what it shows; an app only has its notebooks tried, in a folder that is read-only."""
    try:
        nbformat.write(book, path)  # type: ignore[no-untyped-call]
    except OSError:
        print(f"{path}: well", flush=True)


def tell(failure: dict[str, Any]) -> None:
    """Say it in lines that are short enough to be passed on whole."""
    text = json.dumps(failure)
    for start in range(0, len(text), PIECE):
        print(f"{MARK}{text[start : start + PIECE]}", flush=True)


if __name__ == "__main__":
    main()
