"""Graders: what an answer is worth, from 0 to 1, or None where nobody can tell."""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from jupyter_wove_kernels.client import WoveError
from jupyter_wove_kernels.runner import Runner, RunnerError

Row = Mapping[str, Any]
Ask = Callable[[str], str]
SECONDS = 10  # that the tests of one answer may take
CODE = re.compile(r"```(?:python|py)?[^\n]*\n(.*?)```", re.DOTALL)
NO_SCHEMA = "To check answers against a schema: run %pip install jsonschema."
NEVER_RAN = -1  # the exit code of what a sandbox could not start
NOT_TRUSTED = """\
Tests run what a model wrote, and there is no sandbox here to run it in: that needs Docker, and the
runner of this server. To run it here instead, with all that you may do, say so:
passes(…, trusted=True)."""


@dataclass(frozen=True)
class Grader:
    """Grades an answer to a row; `ask` asks the model that judges."""

    name: str
    grade: Callable[[str, Row, Ask], float | bool | None]


def equals(column: str = "expected") -> Grader:
    """Want just what a column says, but for the space around it."""
    return Grader(f"equals {column}", lambda said, row, _: said.strip() == _text(row, column))


def contains(column: str = "expected") -> Grader:
    """Want what a column says somewhere in the answer."""
    return Grader(f"contains {column}", lambda said, row, _: _text(row, column) in said)


def matches(pattern: str) -> Grader:
    """Want a regular expression to be found."""
    wanted = re.compile(pattern)
    return Grader(f"matches {pattern}"[:128], lambda said, *_: wanted.search(said) is not None)


def follows(schema: dict[str, Any]) -> Grader:
    """Want JSON of a schema, by itself or in a fence. Raises WoveError without jsonschema."""
    try:
        from jsonschema import Draft202012Validator  # noqa: PLC0415 — not everybody has it
    except ImportError:
        raise WoveError(NO_SCHEMA) from None
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)

    def grade(said: str, row: Row, ask: Ask) -> bool:
        try:
            return bool(validator.is_valid(json.loads(code_of(said))))
        except ValueError:
            return False

    return Grader("follows the schema", grade)


def graded_by(function: Callable[[str, Row], float | bool | None], name: str = "") -> Grader:
    """Have a function of one's own say it, of the answer and the row."""
    named = name or getattr(function, "__name__", "a function")
    return Grader(named, lambda said, row, _: function(said, row))


def passes(tests: str, *, trusted: bool = False) -> Grader:
    """Want the code of the answer to pass tests, within ten seconds, in a sandbox.

    Where one says that it may, it runs here instead, in a process of its own without a key of
    Wove's. Raises WoveError where there is no sandbox, unless one says so.
    """
    if not trusted and not Runner().is_there():
        raise WoveError(NOT_TRUSTED)
    runs = _runs_here if trusted else _runs_in_sandbox
    return Grader("passes the tests", lambda said, *_: runs(f"{code_of(said)}\n\n{tests}\n"))


def code_of(said: str) -> str:
    """Take the first piece of code out of an answer; all of it where there is no fence."""
    found = CODE.search(said)
    return found[1] if found else said


def _text(row: Row, column: str) -> str:
    if column not in row:
        raise WoveError(f"The data have no column {column}. They have: {', '.join(row)}.")
    return str(row[column]).strip()


def _runs_in_sandbox(code: str) -> bool | None:
    """Tell whether code runs well; nobody can tell where the sandbox did not even start it."""
    try:
        ended = Runner().run({"code": code, "seconds": SECONDS})
    except RunnerError as error:
        raise WoveError(str(error)) from error
    return None if ended["code"] == NEVER_RAN else not ended["reason"]


def _runs_here(code: str) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = subprocess.run(  # noqa: S603 — the person said that it may run
                [sys.executable, "-I", "-c", code],
                cwd=folder,
                env={"PATH": "", "HOME": folder},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return False
    return done.returncode == 0
