"""What somebody in a chat has in front of them, as far as they may see it."""

from typing import TYPE_CHECKING, Annotated, Any, ClassVar
from uuid import UUID

import msgspec
from jupyter_server.serverapp import ServerApp
from jupyter_server.utils import ensure_async
from tornado.web import HTTPError

from jupyter_wove_server.chat.variables import variables_of
from jupyter_wove_server.rooms.contents import content_of
from jupyter_wove_server.serving import Serving

if TYPE_CHECKING:
    from jupyter_wove.ai import Item, Seen

METADATA = "wove"  # the name of what our front end says with a message
TYPES = {"code", "markdown", "raw"}


class Focus(msgspec.Struct, frozen=True):
    """Where somebody is: a notebook, by its path below the root, and one of its cells."""

    notebook: Annotated[str, msgspec.Meta(min_length=1, max_length=1024)]
    cell: Annotated[str, msgspec.Meta(max_length=64)] | None = None


def focus_of(metadata: dict[str, Any] | None) -> Focus | None:
    """Read where somebody is; None where their browser does not say."""
    try:
        return msgspec.convert((metadata or {}).get(METADATA), Focus)
    except msgspec.ValidationError:
        return None


class Sight:
    """Looks at notebooks and kernels for somebody."""

    serving: ClassVar[Serving]
    server: ClassVar[ServerApp]

    async def of(self, person: str, focus: Focus) -> "list[Item]":
        """List what a model may be shown; nothing of what the person may not see."""
        from jupyter_wove.ai import notebook_items, variable_items  # noqa: PLC0415

        may_see, may_run = await self.serving.look(lambda: self._rights(person, focus.notebook))
        if not may_see:
            return []
        content = await self._content(focus.notebook)
        variables = await variables_of(self.server, focus.notebook) if may_run else []

        def items() -> "list[Item]":
            seen = _seen(content() if callable(content) else content)
            return notebook_items(focus.notebook, seen, focus.cell)

        return [*await self.serving.look(items), *variable_items(variables or [])]

    def _rights(self, person: str, path: str) -> tuple[bool, bool]:
        from jupyter_wove.accounts import Actor, Role  # noqa: PLC0415
        from jupyter_wove.projects import Projects  # noqa: PLC0415

        actor = Actor(UUID(person), "", "", frozenset(), "session")
        wove = self.serving.wove
        role = Projects(wove.units, wove.workspaces).role_around(actor, path)
        return role is None or role >= Role.VIEWER, role is None or role >= Role.EDITOR

    async def _content(self, path: str) -> Any:
        """Read a notebook as everybody sees it now, or its file where nobody has it open."""
        state = await self.serving.look(lambda: self._live(path))
        if state is not None:
            return lambda: content_of("notebook", state)
        manager: Any = self.server.contents_manager
        try:
            model = await ensure_async(manager.get(path, content=True, type="notebook"))
        except HTTPError:
            return {}
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
        )
        for number, cell in enumerate(cells or [])
        if isinstance(cell, dict) and cell.get("cell_type") in TYPES
    ]


def _joined(source: Any) -> str:
    return "".join(map(str, source)) if isinstance(source, list) else str(source or "")


def _count(found: Any) -> int | None:
    return int(found) if isinstance(found, int | float) else None
