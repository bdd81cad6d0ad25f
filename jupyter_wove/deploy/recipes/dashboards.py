"""Dashboards in Python: Streamlit, Panel, Gradio, Dash, Solara, Shiny, and Voila for notebooks."""

from collections.abc import Iterable
from dataclasses import dataclass

from jupyter_wove.deploy.recipes.project import Project, module
from jupyter_wove.deploy.recipes.recipe import PORT, in_python, programs
from jupyter_wove.runner import Kind, Plan

WIDGETS = ("ipywidgets", "ipyleaflet", "bqplot", "ipyvuetify", "ipympl", "anywidget", "ipycanvas")
OF_NOTEBOOKS = ("ipykernel", "nbclient", "nbconvert")
FIRST_BOOKS = ("index.ipynb", "dashboard.ipynb", "app.ipynb", "main.ipynb")


@dataclass(frozen=True)
class Dashboard:
    """A framework whose own command serves a program or a notebook.

    `{entry}` in `start` is the file. `more` are packages that it needs beside itself.
    """

    kind: Kind
    start: str
    health: str = "/"
    notebooks: bool = False
    more: tuple[str, ...] = ()
    memory_mb: int = 512

    @property
    def needs(self) -> str:
        """Say which file makes a project one of this kind."""
        also = " or a notebook" if self.notebooks else ""
        return f"For {self.kind} add an app.py{also} that imports {self.kind}."

    def entry(self, project: Project) -> str | None:
        """Find the first program that imports the framework, or a notebook if it takes them."""
        for path in programs(project):
            if (code := project.code(path)) and code.uses(self.kind):
                return path
        books = project.openings if self.notebooks else {}
        return next((path for path, book in books.items() if book.code.uses(self.kind)), None)

    def plan(self, project: Project, entry: str) -> Plan:
        """Plan it with the framework's own command."""
        more = (*self.more, *OF_NOTEBOOKS) if entry.endswith(".ipynb") else self.more
        start = [word.format(entry=entry, port=PORT) for word in self.start.split()]
        return in_python(
            project, self.kind, entry, (self.kind, *more),
            start=start, health=self.health, memory_mb=self.memory_mb,
        )  # fmt: skip


DASHBOARDS = [
    Dashboard(
        "streamlit",
        "streamlit run {entry} --server.port {port} --server.address 0.0.0.0 "
        "--server.headless true --browser.gatherUsageStats false",
        "/_stcore/health",
    ),
    Dashboard("gradio", "python {entry}"),
    Dashboard(
        "panel",
        # The proxy before it checks where a socket comes from.
        "panel serve {entry} --address 0.0.0.0 --port {port} --allow-websocket-origin * "
        "--liveness",
        "/liveness",
        notebooks=True,
    ),
    Dashboard(
        "solara",
        "solara run {entry} --host 0.0.0.0 --port {port} --production",
        "/readyz",
        notebooks=True,
    ),
    Dashboard("shiny", "shiny run --host 0.0.0.0 --port {port} {entry}"),
]


@dataclass(frozen=True)
class Dash:
    """Dash, which is a Flask app inside."""

    kind: Kind = "dash"
    needs: str = "For dash add an app.py with a line such as `app = Dash(__name__)`."

    def entry(self, project: Project) -> str | None:
        """Find the program that makes a Dash app."""
        return next((path for path in programs(project) if _dash(project, path)), None)

    def plan(self, project: Project, entry: str) -> Plan:
        """Plan it behind Waitress."""
        found = f"{module(entry)}:{_dash(project, entry) or 'app'}.server"
        start = ["waitress-serve", "--host=0.0.0.0", f"--port={PORT}", "--threads=8", found]
        return in_python(project, self.kind, entry, ("dash", "waitress"), start=start)


def _dash(project: Project, path: str) -> str | None:
    code = project.code(path)
    return code.maker("dash.Dash", "dash.dash.Dash") if code else None


@dataclass(frozen=True)
class Voila:
    """A notebook with widgets, as a dashboard."""

    kind: Kind = "voila"
    needs: str = "For voila add a notebook (.ipynb) in Python."

    def entry(self, project: Project) -> str | None:
        """Find the notebook with widgets that visitors should see."""
        books = project.openings.items()
        return _likeliest(path for path, book in books if book.code.uses(*WIDGETS))

    def plan(self, project: Project, entry: str) -> Plan:
        """Plan it with kernels that end when nobody looks any more."""
        start = [
            "voila", "--no-browser", "--Voila.ip=0.0.0.0", f"--port={PORT}",
            "--MappingKernelManager.cull_interval=60",
            "--MappingKernelManager.cull_idle_timeout=300", entry,
        ]  # fmt: skip
        needed = ("voila", "ipykernel", "ipywidgets")
        return in_python(
            project, self.kind, entry, needed, start=start, health="/voila/static/voila.js"
        )


def _likeliest(paths: Iterable[str]) -> str | None:
    found = list(paths)
    return next((path for path in FIRST_BOOKS if path in found), found[0] if found else None)
