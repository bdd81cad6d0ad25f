"""What the engine of workers reads: which file the worker is, and what it is given."""

import json
import tomllib
from pathlib import Path
from typing import Any

from jupyter_wove.kit.jsonc import loads
from jupyter_wove_runner.building.job import Job

FOLDER = "app/.wove/"
WRANGLER = ("wrangler.toml", "wrangler.jsonc", "wrangler.json")
DATE = "2025-01-01"  # whose behaviour a worker gets that names no date
UNKNOWN = ("kv_namespaces", "d1_databases", "r2_buckets", "durable_objects", "queues", "ai",
           "assets", "site", "services")  # fmt: skip
CONFIG = """\
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "worker", worker = .worker)],
  sockets = [(name = "http", address = "*:{port}", http = (), service = "worker")]
);
const worker :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = {date},
  compatibilityFlags = [{flags}],
  bindings = [{bindings}]
);
"""


def files(job: Job) -> dict[str, bytes]:
    """Write the configuration beside the place of the worker."""
    said = _said(job.source)
    for name in UNKNOWN:
        if name in said:
            job.say(f"The worker asks for {name}, which there is not here.")
    text = CONFIG.format(
        port=job.plan.port,
        date=_text(said.get("compatibility_date") or DATE),
        flags=", ".join(_text(each) for each in _list(said.get("compatibility_flags"))),
        bindings=", ".join(_bindings(said.get("vars"))),
    )
    return {FOLDER: b"", f"{FOLDER}config.capnp": text.encode()}


def _bindings(variables: Any) -> list[str]:
    table = variables if isinstance(variables, dict) else {}
    return [_binding(name, value) for name, value in table.items()]


def _binding(name: str, value: Any) -> str:
    kind, content = ("text", value) if isinstance(value, str) else ("json", json.dumps(value))
    return f"(name = {_text(name)}, {kind} = {_text(content)})"


def _text(value: Any) -> str:
    """Quote a text as Cap'n Proto does, which is as C does: nothing in it ends it."""
    return f'"{"".join(map(_character, str(value)))}"'


def _character(each: str) -> str:
    if each.isascii() and each.isprintable() and each not in '"\\':
        return each
    return "".join(f"\\{byte:03o}" for byte in each.encode(errors="replace"))


def _said(source: Path) -> dict[str, Any]:
    for name in WRANGLER:
        if (path := source / name).is_file():
            text = path.read_text(errors="replace")
            return _toml(text) if name.endswith(".toml") else loads(text)
    return {}


def _toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
