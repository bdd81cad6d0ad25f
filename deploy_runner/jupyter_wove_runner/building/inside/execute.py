"""Runs notebooks, cell by cell, and tells of the first that fails.

Runs in a sandbox, in the environment of the project: `python execute.py SECONDS NOTEBOOK…`. Its
last lines, after a mark, say in JSON what failed.
"""

import asyncio
import json
import re
import sys
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
ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")


def main() -> None:
    """Run the notebooks that are named."""
    seconds = int(sys.argv[1])
    for path in sys.argv[2:]:
        if failure := asyncio.run(run(path, seconds)):
            tell({"path": path, **failure})
            sys.exit(1)


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
