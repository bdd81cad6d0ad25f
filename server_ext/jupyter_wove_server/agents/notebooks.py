"""Notebooks as an agent sees them, and what it suggests to change in them."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, TypeVar
from uuid import UUID, uuid4

import msgspec

from jupyter_wove.kit.errors import NotFound
from jupyter_wove_server.agents.sight import Sight
from jupyter_wove_server.serving import Serving

if TYPE_CHECKING:
    from jupyter_wove.accounts import Actor
    from jupyter_wove.ai import Mode, Seen
    from jupyter_wove.collaboration import Piece, Suggestion, Suggestions, Wish

T = TypeVar("T")

AGENT = "Wove"
TAKEN_OVER = "Done. The notebook has it, and the person can undo it."
SUGGESTED = "Suggested. It is in the notebook as soon as the person accepts it."


class Pending(NamedTuple):
    """A change that waits: its suggestion, what names it there, and the source it brings."""

    suggestion: UUID
    changes: dict[str, str]
    source: str


class Notebooks:
    """What one agent saw of notebooks, by which its changes are judged."""

    def __init__(
        self, serving: Serving, person: str, mode: "Mode", use: UUID | None = None
    ) -> None:
        self._serving = serving
        self._person = person
        self._mode = mode
        self._use = use  # of a prompt, where what becomes of it is recorded
        self._seen: dict[str, dict[str, Piece]] = {}  # by the path, and by the cell
        self.suggested: dict[str, dict[str, None]] = {}  # cells, by the path
        self._turn = asyncio.Lock()  # changes are made in the order in which they are asked for

    async def cells(self, path: str) -> "list[Seen]":
        """Look at the cells of a notebook as they are now. Raises NotFound."""
        from jupyter_wove.ai import Seen  # noqa: PLC0415 — with the first message

        cells: list[Seen] | None = await Sight().cells(self._person, path)
        if cells is None:
            raise NotFound(f"There is no notebook {path}, or the person may not see it.")
        self._seen[path] = {cell.id: _piece(cell) for cell in cells}
        return cells

    async def cell(self, path: str, cell: str) -> "Seen":
        """Look at one cell as it is now. Raises NotFound."""
        cells = await self.cells(path)
        found = next((each for each in cells if each.id == cell), None)
        return found or _refuse(path, cell, [each.id for each in cells])

    def note(self, path: str, cells: "Sequence[Seen]") -> None:
        """Remember what the agent was shown before it began."""
        self._seen[path] = {cell.id: _piece(cell) for cell in cells}

    def place(self, path: str, cell: str) -> str:
        """Name a cell for people."""
        known = list(self._seen.get(path, ()))
        return f"cell {known.index(cell) + 1}" if cell in known else "a new cell"

    async def edit(self, path: str, cell: str, source: str) -> str:
        """Suggest another source for a cell."""
        from jupyter_wove.ai import with_secrets  # noqa: PLC0415

        was = await self._was(path, cell)
        source = with_secrets(source, was.source)
        return await self._suggest(path, cell, was, msgspec.structs.replace(was, source=source))

    async def insert(self, path: str, after: str, kind: Any, source: str) -> str:
        """Suggest a new cell behind another one, or first."""
        from jupyter_wove.collaboration import Piece  # noqa: PLC0415

        before = [after] if after else []
        if after:
            await self._was(path, after)
        cell = uuid4().hex[:8]
        said = await self._suggest(path, cell, None, Piece(kind, source), before)
        return f"{said} The id of the new cell is {cell}."

    async def remove(self, path: str, cell: str) -> str:
        """Suggest to remove a cell."""
        return await self._suggest(path, cell, await self._was(path, cell), None)

    async def move(self, path: str, cell: str, after: str) -> str:
        """Suggest another place for a cell."""
        was = await self._was(path, cell)
        return await self._suggest(path, cell, was, was, [after] if after else [])

    async def pending(self, path: str, cell: str) -> "Pending | None":
        """Find what the agent suggests for a cell, and nobody has decided yet."""

        def find(suggestions: "Suggestions", actor: "Actor") -> Pending | None:
            for each in suggestions.all(actor, path):
                changes = {change.cell: change.revision for change in each.changes}
                if each.is_mine and each.agent == AGENT and cell in changes:
                    wanted = suggestions.wanted(actor, each.id)
                    if cell in wanted:
                        return Pending(each.id, {cell: changes[cell]}, wanted[cell].source)
            return None

        return await self._change(find)

    async def accept(self, suggestion: UUID, changes: dict[str, str]) -> None:
        """Take over what somebody has just allowed. Raises Conflict and Forbidden."""
        from jupyter_wove.collaboration import Verdict  # noqa: PLC0415

        await self._change(
            lambda suggestions, actor: suggestions.accept(actor, suggestion, Verdict(changes))
        )

    async def _take_over(self, suggestion: UUID, changes: dict[str, str]) -> None:
        from jupyter_wove.collaboration import Verdict  # noqa: PLC0415

        await self._change(
            lambda suggestions, actor: suggestions.take_over(actor, suggestion, Verdict(changes))
        )

    def _proposed(
        self, suggestions: "Suggestions", actor: "Actor", path: str, wish: "Wish"
    ) -> "Suggestion":
        """Suggest something, and record that it came with an answer."""
        found = suggestions.propose(actor, path, AGENT, [wish])
        if self._use and any(each.cell == wish.cell for each in found.changes):
            from jupyter_wove.outcomes import Uses  # noqa: PLC0415 — with the first answer

            room = suggestions.live.room_of(path)
            Uses(self._serving.wove.units).suggested(self._use, found.id, room, wish)
        return found

    async def _was(self, path: str, cell: str) -> "Piece":
        if path not in self._seen:
            await self.cells(path)
        known = self._seen[path]
        return known[cell] if cell in known else _refuse(path, cell, list(known))

    async def _suggest(
        self,
        path: str,
        cell: str,
        was: "Piece | None",
        becomes: "Piece | None",
        after: list[str] | None = None,
    ) -> str:
        from jupyter_wove.collaboration import Wish  # noqa: PLC0415

        wish = Wish(cell, was, becomes, after)
        async with self._turn:
            found = await self._change(
                lambda suggestions, actor: self._proposed(suggestions, actor, path, wish)
            )
            self._remember(path, wish)
            changes = {each.cell: each.revision for each in found.changes if each.cell == cell}
            if self._mode != "accept" or not changes:
                self.suggested.setdefault(path, {})[cell] = None
                return SUGGESTED
            await self._take_over(found.id, changes)
            return TAKEN_OVER

    def _remember(self, path: str, wish: "Wish") -> None:
        known = self._seen[path]
        if wish.wanted is None:
            known.pop(wish.cell, None)
        else:
            known[wish.cell] = wish.wanted

    async def _change(self, work: "Callable[[Suggestions, Actor], T]") -> T:
        def change() -> T:
            from jupyter_wove.accounts import Actor  # noqa: PLC0415
            from jupyter_wove.collaboration import Suggestions  # noqa: PLC0415
            from jupyter_wove.projects import Projects  # noqa: PLC0415

            wove = self._serving.wove
            projects = Projects(wove.units, wove.workspaces)
            actor = Actor(UUID(self._person), "", "", frozenset(), "session")
            return work(Suggestions(wove.units, wove.live, projects), actor)

        return await self._serving.change(change)


def _piece(cell: "Seen") -> "Piece":
    from jupyter_wove.collaboration import Piece  # noqa: PLC0415

    kind: Any = cell.type
    return Piece(kind, cell.source, cell.metadata, cell.attachments)


def _refuse(path: str, cell: str, known: list[str]) -> NoReturn:
    raise NotFound(f"There is no cell {cell} in {path}. Its cells are: {', '.join(known)}.")
