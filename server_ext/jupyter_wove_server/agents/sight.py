"""What somebody in a chat has in front of them, as far as they may see it."""

import asyncio
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal
from uuid import UUID

import msgspec
from jupyter_server.serverapp import ServerApp
from jupyter_server.utils import ensure_async
from msgspec import structs
from tornado.web import HTTPError

from jupyter_wove.kit.errors import BadRequest
from jupyter_wove.kit.paths import checked
from jupyter_wove_server.agents.variables import variables_of
from jupyter_wove_server.rooms.contents import content_of
from jupyter_wove_server.serving import Serving

if TYPE_CHECKING:
    from jupyter_wove.accounts import Actor
    from jupyter_wove.ai import Binding, InFront, Remembered, Seen, Variable
    from jupyter_wove.projects import Projects

METADATA = "wove"  # the name of what our front end says with a message
Mode = Literal["ask", "accept", "plan"]
Parts = Annotated[
    list[Annotated[str, msgspec.Meta(max_length=1200)]], msgspec.Meta(max_length=200)
]
TYPES = {"code", "markdown", "raw"}
MOST_PROJECTS = 50
LONGEST_LOOK = 10.0  # seconds
TRUST = "trusted"  # whom one person trusts is nobody else's


class Focus(msgspec.Struct, frozen=True):
    """Where somebody is: a notebook, by its path below the root, and one of its cells."""

    notebook: Annotated[str, msgspec.Meta(min_length=1, max_length=1024)]
    cell: Annotated[str, msgspec.Meta(max_length=64)] | None = None


def focus_of(metadata: dict[str, Any] | None) -> Focus | None:
    """Read where somebody is; None where their browser does not say, or something odd."""
    try:
        focus = msgspec.convert((metadata or {}).get(METADATA), Focus)
        checked(focus.notebook)
    except (msgspec.ValidationError, BadRequest):
        return None
    return focus


def told_of(metadata: dict[str, Any] | None) -> "Told":
    """Read what else is said with a message; the usual where nothing is, or something odd."""
    try:
        return msgspec.convert((metadata or {}).get(METADATA), Told)
    except msgspec.ValidationError:
        return Told()


class Told(msgspec.Struct, frozen=True):
    """What somebody lets agents do, which button they pressed, and what they want shown or not.

    `prompt` is the one that they use.
    """

    mode: Mode = "ask"
    task: Annotated[str, msgspec.Meta(max_length=32)] = ""
    pinned: Parts = []
    dropped: Parts = []
    prompt: "AskedPrompt | None" = None


class AskedPrompt(msgspec.Struct, frozen=True):
    """A prompt, the version as somebody named it, and the number that was written out."""

    id: UUID
    version: Annotated[str, msgspec.Meta(min_length=1, max_length=40)] = "latest"
    number: Annotated[str, msgspec.Meta(max_length=24)] = ""


class Sight:
    """Looks at notebooks and kernels for somebody."""

    serving: ClassVar[Serving]
    server: ClassVar[ServerApp]
    loop: ClassVar[asyncio.AbstractEventLoop]

    async def of(self, person: str, focus: Focus) -> "InFront | None":
        """Look at a notebook, its kernel and its project; None where the person may not see it."""
        cells = await self.cells(person, focus.notebook)
        if cells is None:
            return None
        variables = await self.variables(person, focus.notebook)
        return await self.serving.look(lambda: self._in_front(person, focus, cells, variables))

    def see(self, person: UUID, notebook: str, cell: str | None) -> "InFront | None":
        """Look as `of` does, from a thread."""
        looking = self.of(str(person), Focus(notebook, cell))
        return asyncio.run_coroutine_threadsafe(looking, self.loop).result(LONGEST_LOOK)

    def _in_front(
        self, person: str, focus: Focus, cells: "list[Seen]", variables: "list[Variable]"
    ) -> "InFront":
        from jupyter_wove.ai import InFront, rules_of  # noqa: PLC0415 — with the first question

        folder = self._projects().folder_around(actor_of(person), focus.notebook)
        view = InFront(focus.notebook, focus.cell, cells, variables)
        view = structs.replace(view, memories=self.recalled(person, focus.notebook))
        if folder is None:
            return view
        file = self.serving.wove.workspaces.root / focus.notebook
        path = file.relative_to(folder).as_posix() if file.is_relative_to(folder) else ""
        return structs.replace(view, folder=folder, path=path, rules=rules_of(folder))

    async def cells(self, person: str, path: str) -> "list[Seen] | None":
        """Read a notebook's cells; None where there is none that the person may see."""
        may_see, _ = await self.rights(person, path)
        content = await self._content(path) if may_see else None
        if content is None:
            return None
        return await self.serving.look(lambda: _seen(content() if callable(content) else content))

    async def variables(self, person: str, path: str) -> "list[Variable]":
        """Ask a notebook's kernel what it holds, if the person may run code there."""
        _, may_run = await self.rights(person, path)
        return (await variables_of(self.server, path) or []) if may_run else []

    def notebooks(self, person: str) -> list[str]:
        """List the notebooks of somebody's projects below the root, and those in the root."""
        from jupyter_wove.ai import notebooks_in  # noqa: PLC0415 — with the first question

        root = self.serving.wove.workspaces.root
        mine = self._projects().mine(actor_of(person), limit=MOST_PROJECTS).items
        folders = [root, *(root / each.folder for each in mine if each.folder)]
        found = (path for folder in folders for path in notebooks_in(folder))
        below = (path.relative_to(root).as_posix() for path in found if path.is_relative_to(root))
        return sorted(path for path in dict.fromkeys(below) if self._rights(person, path)[0])

    async def rights(self, person: str, path: str) -> tuple[bool, bool]:
        """Tell whether somebody may see a file, and whether they may edit it and run its code.

        Raises BadRequest for a path that could name a file in another way than we do.
        """
        checked(path)
        return await self.serving.look(lambda: self._rights(person, path))

    async def project(self, person: str, path: str) -> UUID | None:
        """Name the project that a file belongs to, where the person works on it."""
        return await self.serving.look(
            lambda: self._projects().worked_around(actor_of(person), path)
        )

    def recalled(self, person: str, path: str) -> "list[Remembered]":
        """List what agents remember of somebody, and of the project where a file lies."""
        from jupyter_wove.ai import Memories  # noqa: PLC0415 — with the first question

        project = self._projects().worked_around(actor_of(person), path)
        with self.serving.wove.units.read() as unit:
            return Memories(unit).recalled(UUID(person), project)

    async def bound(self, person: str, paths: list[str]) -> "Binding | None":
        """Tell what a teacher allows somebody where some files lie; None where nobody said."""

        def look() -> "Binding | None":
            from jupyter_wove.ai import Tutoring  # noqa: PLC0415 — with the first message

            wove = self.serving.wove
            tutoring = Tutoring(wove.units, self._projects(), wove.catalogue)
            return tutoring.bound(actor_of(person), paths)

        return await self.serving.look(look)

    def _rights(self, person: str, path: str) -> tuple[bool, bool]:
        from jupyter_wove.accounts import Role  # noqa: PLC0415

        role = self._projects().role_around(actor_of(person), path)
        return role is None or role >= Role.VIEWER, role is None or role >= Role.EDITOR

    def _projects(self) -> "Projects":
        from jupyter_wove.projects import Projects  # noqa: PLC0415

        return Projects(self.serving.wove.units, self.serving.wove.workspaces)

    async def _content(self, path: str) -> Any:
        """Read a notebook as everybody sees it now, or its file where nobody has it open."""
        state = await self.serving.look(lambda: self._live(path))
        if state is not None:
            return lambda: content_of("notebook", state)
        manager: Any = self.server.contents_manager
        try:
            model = await ensure_async(manager.get(path, content=True, type="notebook"))
        except HTTPError:
            return None
        return model["content"]

    def _live(self, path: str) -> bytes | None:
        live = self.serving.live
        if live is None or not live.is_open(path):
            return None
        return live.read(live.room_of(path), lambda doc: doc.get_update())


def _seen(content: Any) -> "list[Seen]":
    from jupyter_wove.ai import Seen  # noqa: PLC0415

    cells = content.get("cells") if isinstance(content, dict) else None
    return [
        Seen(
            id=str(cell.get("id") or number),
            type=str(cell.get("cell_type")),
            source=_joined(cell.get("source")),
            outputs=[each for each in cell.get("outputs") or [] if isinstance(each, dict)],
            count=_count(cell.get("execution_count")),
            metadata={k: v for k, v in _object(cell.get("metadata")).items() if k != TRUST},
            attachments=_object(cell.get("attachments")),
        )
        for number, cell in enumerate(cells or [])
        if isinstance(cell, dict) and cell.get("cell_type") in TYPES
    ]


def _object(found: Any) -> dict[str, Any]:
    return found if isinstance(found, dict) else {}


def _joined(source: Any) -> str:
    return "".join(map(str, source)) if isinstance(source, list) else str(source or "")


def _count(found: Any) -> int | None:
    return int(found) if isinstance(found, int | float) else None


def actor_of(person: str) -> "Actor":
    """Name somebody who is signed in, by their id."""
    from jupyter_wove.accounts import Actor  # noqa: PLC0415

    return Actor(UUID(person), "", "", frozenset(), "session")
