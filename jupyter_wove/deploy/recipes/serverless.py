"""Functions, as on AWS Lambda, and workers at the edge, as on Cloudflare."""

import tomllib
from dataclasses import dataclass
from typing import Any

from jupyter_wove.deploy.recipes.project import Project, module
from jupyter_wove.deploy.recipes.recipe import in_python
from jupyter_wove.kit.errors import InvalidRequest
from jupyter_wove.runner import Kind, Plan

FUNCTIONS = ("handler.py", "lambda_function.py", "function.py", "app.py", "main.py", "index.py")
HANDLERS = ("handler", "lambda_handler", "main")
WRANGLER = ("wrangler.toml", "wrangler.jsonc", "wrangler.json")
WORKERS = ("worker.js", "worker.ts", "worker.mjs", "src/worker.js", "src/worker.ts",
           "src/index.js", "src/index.ts", "index.js", "index.ts")  # fmt: skip
HEALTH = "/_wove/health"
BUNDLE = ("--bundle", "--format=esm", "--conditions=worker", "--external:node:*",
          "--external:cloudflare:*", "--outfile=.wove/worker.js")  # fmt: skip
BOOTSTRAP = "/opt/wove/function.py"


@dataclass(frozen=True)
class Function:
    """A function of an event and a context."""

    kind: Kind = "function"
    needs: str = "For a function add a handler.py with `def handler(event, context)`."

    def entry(self, project: Project) -> str | None:
        """Find the file that defines one."""
        return next((path for path in FUNCTIONS if _handler(project, path)), None)

    def plan(self, project: Project, entry: str) -> Plan:
        """Plan it behind a small server that speaks as Lambda does."""
        name = _handler(project, entry) or "handler"
        start = ["python", BOOTSTRAP, f"{module(entry)}.{name}"]
        return in_python(project, self.kind, entry, ("awslambdaric",), start=start, health=HEALTH)


@dataclass(frozen=True)
class Edge:
    """A worker, run by the engine of Cloudflare's."""

    kind: Kind = "edge"
    needs: str = "For a worker at the edge add a worker.js with `export default { fetch }`."

    def entry(self, project: Project) -> str | None:
        """Find the worker: where wrangler says, or by its name."""
        if path := project.first(*WRANGLER):
            return _main(project, path) or project.first(*WORKERS) or path
        found = project.first(*WORKERS[:5])
        return found if found and "fetch" in project.text(found) else None

    def plan(self, project: Project, entry: str) -> Plan:
        """Plan one file made of all, and the engine for it."""
        if entry in WRANGLER:
            raise InvalidRequest(f"{entry} does not say where the worker is: add `main` to it.")
        return Plan(
            kind=self.kind,
            base="node",
            entry=entry,
            requirements=["workerd", "esbuild", *_packages(project)],
            prepare=[["esbuild", entry, *BUNDLE]],
            start=["workerd", "serve", ".wove/config.capnp"],
        )


def _handler(project: Project, path: str) -> str | None:
    """Name the function of two parameters, an event and its context."""
    code = project.code(path)
    functions = code.functions if code else {}
    named = (
        name for name in HANDLERS if len(functions.get(name, [])) == len(("event", "context"))
    )
    return next((name for name in named if functions[name][0] == "event"), None)


def _main(project: Project, path: str) -> str | None:
    config = _toml(project.text(path)) if path.endswith(".toml") else project.json(path)
    main = config.get("main")
    said = main.removeprefix("./") if isinstance(main, str) else ""
    return said if project.has(said) else None


def _toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return {}


def _packages(project: Project) -> list[str]:
    found = project.json("package.json").get("dependencies")
    table = found if isinstance(found, dict) else {}
    return [f"{name}@{of}" for name, of in table.items() if isinstance(of, str)]
