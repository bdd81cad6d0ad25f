"""What each recipe is, and the plans that most of them share."""

from typing import Any, Protocol

from jupyter_wove.deploy.recipes.project import Project
from jupyter_wove.deploy.recipes.requirements import lock_with, requirements
from jupyter_wove.runner import Kind, Plan

PORT = 8080
PROGRAMS = (
    "app.py", "main.py", "streamlit_app.py", "dashboard.py", "server.py", "api.py", "index.py",
    "asgi.py", "wsgi.py", "application.py", "app/main.py", "app/app.py", "src/main.py",
    "src/app.py", "api/main.py", "app/__init__.py",
)  # fmt: skip


class Recipe(Protocol):
    """How projects of one kind are recognised and served."""

    @property
    def kind(self) -> Kind:
        """Name the kind."""
        ...

    @property
    def needs(self) -> str:
        """Say in a sentence which file makes a project one of this kind."""
        ...

    def entry(self, project: Project) -> str | None:
        """Find what the project begins with; None where it is none of this kind."""
        ...

    def plan(self, project: Project, entry: str) -> Plan:
        """Plan what is served from this entry. Raises InvalidRequest."""
        ...


def programs(project: Project) -> list[str]:
    """List the Python files that a project may begin with, the likeliest first."""
    if project.chosen:
        return [project.chosen] if project.chosen in project.programs else []
    usual = [path for path in PROGRAMS if project.has(path)]
    top = [path for path in project.programs if "/" not in path and path not in usual]
    return usual + [path for path in top if not path.startswith(("test_", "setup.", "conftest"))]


def in_python(
    project: Project, kind: Kind, entry: str, needed: tuple[str, ...], **more: Any
) -> Plan:
    """Plan something in Python that needs some packages beside those of the project."""
    lock = lock_with(project, needed)
    wanted = [] if lock else requirements(project, needed)
    return Plan(kind=kind, entry=entry, lock=lock, requirements=wanted, port=PORT, **more)
