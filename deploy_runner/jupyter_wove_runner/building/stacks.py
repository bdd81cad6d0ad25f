"""Environments that stand ready: for projects that want nothing beside the usual packages."""

import re
import time
from pathlib import Path

import msgspec

from jupyter_wove.kit.files import durable
from jupyter_wove.runner import Plan
from jupyter_wove_runner.containers import Engine

TABLES = ["numpy", "pandas", "matplotlib"]
STACKS: dict[str, list[str]] = {
    "fastapi": ["fastapi", "uvicorn", "httpx", "jinja2", "pydantic", "python-multipart"],
    "notebooks": ["ipykernel", "nbclient", *TABLES],
    "voila": ["voila", "ipykernel", "ipywidgets", *TABLES],
    "streamlit": ["streamlit", *TABLES],
    "functions": ["awslambdaric"],
}
BARE = re.compile(r"[a-z0-9][a-z0-9-]*")
FRESH = 30 * 24 * 3600  # seconds after which its versions are not those of today any more


def wanted(plan: Plan) -> list[str]:
    """Name those with all that a plan wants, where it says no versions."""
    if plan.base != "python" or plan.lock or not all(map(BARE.fullmatch, plan.requirements)):
        return []
    return [name for name, all_ in STACKS.items() if set(plan.requirements) <= set(all_)]


class Stack(msgspec.Struct, frozen=True):
    """An environment that stands ready."""

    name: str
    image: str
    lock: str


class Stacks:
    """Knows which environments stand ready."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self._engine = engine
        self._folder = folder

    async def covering(self, plan: Plan) -> Stack | None:
        """Find one with all that a plan wants."""
        for name in wanted(plan):
            if stack := await self._ready(name):
                return stack
        return None

    async def ready(self) -> list[str]:
        """List the names of those that stand ready."""
        return [name for name in STACKS if await self._ready(name)]

    async def due(self) -> list[str]:
        """List the names of those that are still to be made, or to be made anew."""
        ready = await self.ready()
        return [name for name in STACKS if name not in ready or self._is_old(name)]

    def keep(self, stack: Stack) -> None:
        """Note that one stands ready."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with durable(self._note(stack.name)) as file:
            file.write(msgspec.json.encode(stack))

    def holds(self, image: str) -> bool:
        """Tell whether an image is one of those."""
        return any(stack.image == image for name in STACKS if (stack := self._noted(name)))

    async def _ready(self, name: str) -> Stack | None:
        stack = self._noted(name)
        return stack if stack and await self._engine.has_image(stack.image) else None

    def _is_old(self, name: str) -> bool:
        return time.time() - self._note(name).stat().st_mtime > FRESH

    def _note(self, name: str) -> Path:
        return self._folder / f"{name}.json"

    def _noted(self, name: str) -> Stack | None:
        note = self._note(name)
        return msgspec.json.decode(note.read_bytes(), type=Stack) if note.exists() else None
