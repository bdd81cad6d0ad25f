"""`wove.toml`: what its author says about the plan, in the table [deploy]."""

import json
import re
import tomllib
from typing import Any, NoReturn

import msgspec

from jupyter_wove.kit.errors import InvalidRequest
from jupyter_wove.kit.paths import shown
from jupyter_wove.runner import Plan

NAME = "wove.toml"
TABLE = "deploy"
KEYS = Plan.__struct_fields__
_KEY_OF_PATH = re.compile(r"\$\.(\w+)")


def said(text: str) -> dict[str, Any]:
    """Read what a `wove.toml` says. Raises InvalidRequest, with the number of the line."""
    try:
        tree = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidRequest(f"{NAME} cannot be read: {str(error)[:200]}.") from error
    _refuse_unknown(text, tree, {TABLE}, "tables: only [deploy] is known")
    table = tree.get(TABLE, {})
    if not isinstance(table, dict):
        _refuse(text, TABLE, "must be a table: write [deploy]")
    _refuse_unknown(text, table, set(KEYS), f"known are {', '.join(KEYS)}")
    return table


def entry(words: dict[str, Any]) -> str:
    """Name the file that its author wants to begin with, or nothing."""
    chosen = words.get("entry")
    return chosen if isinstance(chosen, str) else ""


def changed(plan: Plan, words: dict[str, Any], text: str) -> Plan:
    """Give the plan with what its author says instead. Raises InvalidRequest."""
    try:
        return msgspec.convert(msgspec.structs.asdict(plan) | words, Plan)
    except msgspec.ValidationError as error:
        key = _KEY_OF_PATH.search(str(error))
        _refuse(text, key[1] if key else TABLE, f"does not fit: {error}")


def plan_toml(plan: Plan) -> str:
    """Write a plan as a `wove.toml` that says the same."""
    lines = [f"{key} = {_written(value)}" for key, value in _worth_saying(plan)]
    return "\n".join([f"[{TABLE}]", *lines, ""])


def _worth_saying(plan: Plan) -> list[tuple[str, Any]]:
    """List what differs from what every plan has; what matters to the kind always."""
    usual = msgspec.structs.asdict(Plan(kind=plan.kind))
    fields = msgspec.structs.asdict(plan).items()
    always = {"kind", "base", "entry", "requirements"}
    return [(key, value) for key, value in fields if key in always or value != usual[key]]


def _written(value: Any) -> str:
    # JSON writes numbers, texts and lists as TOML does, but for one character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _refuse_unknown(text: str, table: dict[str, Any], known: set[str], hint: str) -> None:
    for key in table:
        if key not in known:
            _refuse(text, key, f"is not known; {hint}")


def _refuse(text: str, key: str, why: str) -> NoReturn:
    raise InvalidRequest(f"Line {_line(text, key)} of {NAME}: {shown(key)} {why}.")


def _line(text: str, key: str) -> int:
    name = re.compile(rf"""\s*\[*\s*(?:{TABLE}\s*\.\s*)?["']?{re.escape(key)}["']?\s*[].=]""")
    lines = enumerate(text.splitlines(), 1)
    return next((number for number, line in lines if name.match(line)), 1)
