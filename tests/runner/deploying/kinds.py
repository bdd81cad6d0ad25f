"""What is deployed: small projects of several kinds, each of which shows a text, or fails."""

import json
from dataclasses import dataclass

from tests.runner.building.books import book

FUNCTION = "def handler(event, context):\n    return {{'statusCode': 200, 'body': {text!r}}}\n"
FASTAPI = """\
from fastapi import FastAPI

app = FastAPI()


@app.get("/")
def read() -> str:
    return {text!r}
"""


@dataclass(frozen=True)
class Kind:
    """A kind of project. `takes` is about how many seconds a deployment of it goes on."""

    name: str
    plan: str  # the kind in its plan, or nothing where that is found anew each time
    takes: float

    def files(self, text, number):
        """Write a project that shows a text; the number chooses in which way one fails."""
        return WRITTEN[self.name](text, number)


def _saved(text, _):
    made = json.loads(book(f"print({text!r})"))
    output = {"output_type": "stream", "name": "stdout", "text": text}
    made["cells"][0] |= {"outputs": [output], "execution_count": 1}
    return {"a.ipynb": json.dumps(made)}


def _executed(text, _):
    return {"a.ipynb": book(f"print({text!r})")}


def _function(text, _):
    return {"handler.py": FUNCTION.format(text=text)}


def _fastapi(text, _):
    return {"app.py": FASTAPI.format(text=text)}


def _failing(text, number):
    ways = [
        {"a.ipynb": book(f"print({text!r})", "1 / 0"), "wove.toml": "[deploy]\nkind='executed'"},
        {"handler.py": f"raise SystemExit({text!r})\n" + FUNCTION.format(text=text)},
        _function(text, 0) | {"requirements.txt": "wove-no-such-package-here"},
        _fastapi(text, 0) | {"wove.toml": f"[deploy]\nprepare = [['false', {text!r}]]"},
    ]
    return ways[number % len(ways)]


WRITTEN = {
    "saved": _saved,
    "executed": _executed,
    "function": _function,
    "fastapi": _fastapi,
    "failing": _failing,
}
KINDS = [
    Kind("saved", "saved", 3),
    Kind("executed", "executed", 8),
    Kind("function", "function", 5),
    Kind("fastapi", "asgi", 5),
    Kind("failing", "", 5),
]
