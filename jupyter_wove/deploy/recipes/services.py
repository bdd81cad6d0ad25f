"""Services in Python: ASGI (FastAPI, Starlette, …) and WSGI (Flask, …)."""

from dataclasses import dataclass

from jupyter_wove.deploy.recipes.project import Project, module
from jupyter_wove.deploy.recipes.recipe import PORT, in_python, programs
from jupyter_wove.runner import Kind, Plan

FACTORIES = ("create_app", "make_app", "get_app", "build_app")


@dataclass(frozen=True)
class Service:
    """Programs that make an object of some class, which a server calls."""

    kind: Kind
    classes: tuple[str, ...]
    server: str
    start: str
    factory: str
    needs: str

    def entry(self, project: Project) -> str | None:
        """Find the program that makes such an object, or defines a function that does."""
        return next((path for path in programs(project) if self._found(project, path)), None)

    def plan(self, project: Project, entry: str) -> Plan:
        """Plan it behind its server."""
        found = self._found(project, entry) or "app"
        words = self.factory if found.endswith("()") else self.start
        name = f"{module(entry)}:{found.removesuffix('()')}"
        start = [word.format(app=name, port=PORT) for word in words.split()]
        return in_python(project, self.kind, entry, (self.server,), start=start)

    def _found(self, project: Project, path: str) -> str | None:
        code = project.code(path)
        if not code or not code.uses(*(each.partition(".")[0] for each in self.classes)):
            return None
        made = code.maker(*self.classes)
        factory = code.factory(*FACTORIES)
        return made or (f"{factory}()" if factory else None)


SERVICES = [
    Service(
        "asgi",
        (
            "fastapi.FastAPI", "fastapi.applications.FastAPI", "starlette.applications.Starlette",
            "litestar.Litestar", "quart.Quart", "socketio.ASGIApp",
        ),
        "uvicorn",
        "uvicorn {app} --host 0.0.0.0 --port {port}",
        "uvicorn --factory {app} --host 0.0.0.0 --port {port}",
        "For asgi add an app.py with a line such as `app = FastAPI()`.",
    ),
    Service(
        "wsgi",
        ("flask.Flask", "flask.app.Flask", "bottle.Bottle", "falcon.App"),
        "waitress",
        "waitress-serve --host=0.0.0.0 --port={port} --threads=8 {app}",
        "waitress-serve --host=0.0.0.0 --port={port} --threads=8 --call {app}",
        "For wsgi add an app.py with a line such as `app = Flask(__name__)`.",
    ),
]  # fmt: skip
