"""Releases to serve, of what lies ready in a folder."""

import shutil
from contextlib import closing
from pathlib import Path
from uuid import UUID, uuid4

from jupyter_wove.deploy.targets import Order, Secret
from jupyter_wove.runner import App, Failed, Line, Live, Plan, Release, Stage

APP = UUID("0192f0c0-0000-7000-8000-000000000001")


class Ready:
    """Parcels that were built before: a folder, a zip file, or the name of an image."""

    def __init__(self, folder: Path | None = None, package: Path | None = None, image: str = ""):
        self._folder = folder
        self._package = package
        self._image = image
        self.pushed: list[tuple[str, str, str]] = []

    async def site(self, folder: Path) -> None:
        shutil.copytree(self._folder, folder, dirs_exist_ok=True)

    async def package(self, path: Path) -> None:
        shutil.copyfile(self._package, path)

    async def image(self, name: str, user: str, password: Secret) -> str:
        self.pushed.append((name, user, password.shown()))
        return f"{name}@sha256:{self._image.encode().hex().ljust(64, '0')}"


def app(**changes):
    about = {
        "id": APP,
        "slug": "waves",
        "title": "Waves",
        "access": "public",
        "hosts": [],
        "home": "http://wove.test/",
        "about": "http://wove.test/@ada/waves",
        "idle": 600,
    }
    return App(**(about | changes))


def order(parcels, plan, environment, release_id=None, **changes):
    release = Release(release_id or uuid4(), plan, "", "")
    return Order(app(**changes), release, environment, parcels)


def served(targets, name, wanted):
    """Have a release served; return how that ended and what was said before."""
    with closing(targets.release(name, wanted)) as messages:
        said = [message for message in messages if message is not None]
    assert isinstance(said[-1], Live | Failed), said
    assert all(isinstance(each, Stage | Line) for each in said[:-1])
    return said[-1], said[:-1]


def done(messages):
    """Have something carried out to its end."""
    return list(messages)


def text(said):
    return "\n".join(each.text for each in said if isinstance(each, Line))


SITE = Plan(kind="site", base="none", site=".")
API = Plan(kind="asgi", entry="main.py", port=8080, health="/health")
FUNCTION = Plan(
    kind="function",
    entry="handler.py",
    start=["python", "/opt/wove/function.py", "handler.handler"],
    health="/_wove/health",
)
EDGE = Plan(kind="edge", base="node", entry="worker.js")
