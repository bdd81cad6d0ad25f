"""What an agent can do with the notebooks and kernels of this server."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

import msgspec

from jupyter_wove_server.agents.kernels import Kernels
from jupyter_wove_server.agents.notebooks import Notebooks
from jupyter_wove_server.agents.sight import Focus, Sight

if TYPE_CHECKING:
    from jupyter_wove.ai import Binding, Item, Mode, Seen, Tool

MOST_READ = 4_000  # tokens of what one look at a notebook tells

Path = Annotated[
    str, msgspec.Meta(description="Path of the notebook; empty for the one the person has open.")
]
CellId = Annotated[str, msgspec.Meta(description="Id of the cell.")]
Source = Annotated[str, msgspec.Meta(description="The whole source.")]


class Nothing(msgspec.Struct):
    """Nothing has to be said."""


class Look(msgspec.Struct):
    """A notebook to look at."""

    notebook: Path = ""


class Cells(msgspec.Struct):
    """Cells to read."""

    cells: Annotated[list[str], msgspec.Meta(description="Ids of the cells.")]
    notebook: Path = ""


class Edit(msgspec.Struct):
    """Another source for a cell."""

    cell: CellId
    source: Source
    notebook: Path = ""


class Insert(msgspec.Struct):
    """A new cell."""

    after: Annotated[
        str, msgspec.Meta(description="Id of the cell before it; empty for the first place.")
    ]
    source: Source
    type: Literal["code", "markdown"] = "code"
    notebook: Path = ""


class Move(msgspec.Struct):
    """Another place for a cell."""

    cell: CellId
    after: Annotated[
        str, msgspec.Meta(description="Id of the cell before it; empty for the first place.")
    ]
    notebook: Path = ""


class One(msgspec.Struct):
    """One cell."""

    cell: CellId
    notebook: Path = ""


class Toolbox:
    """The tools of one agent, for one person."""

    def __init__(
        self,
        person: str,
        focus: Focus | None,
        mode: "Mode",
        tell: Callable[[str], None],
        only: frozenset[str] | None = None,
        binding: "Binding | None" = None,
        use: UUID | None = None,
    ) -> None:
        serving, server = Sight.serving, Sight.server
        self.notebooks = Notebooks(serving, person, mode, use)
        self._serving = serving
        self._kernels = Kernels(serving, server, person)
        self._person = person
        self._open = focus.notebook if focus else ""
        self._mode = mode
        self._tell = tell  # people, of each step
        self._only = only  # the names of the tools that there are, if not all
        self._binding = binding  # what a teacher allows

    def tools(self) -> "list[Tool]":
        """List what the agent may use in its mode."""
        from jupyter_wove.ai import OFFERED  # noqa: PLC0415 — with the first message

        risks = OFFERED["plan" if self._binding else self._mode]
        return [
            self._told(tool)
            for tool in self._all()
            if tool.risk in risks and (self._only is None or tool.name in self._only)
        ]

    def _told(self, tool: "Tool") -> "Tool":
        """Have a tool tell people what it does before it does so."""

        async def use(asked: Any) -> str:
            await self._check(asked)
            # What a model writes as a name could be a solution, too.
            self._tell(LOOKS if self._binding else tool.told(asked))
            return await tool.use(asked)

        return replace(tool, use=use)

    async def _check(self, asked: Any) -> None:
        """Let nobody have a notebook looked at from where its teacher has no say."""
        from jupyter_wove.ai import until_when  # noqa: PLC0415
        from jupyter_wove.kit.errors import Forbidden  # noqa: PLC0415

        if isinstance(asked, Nothing):
            return
        path = self._path(asked.notebook)
        binding = await Sight().bound(self._person, [path])
        if binding is not None and binding != self._binding:
            raise Forbidden(f"{until_when(binding)} Ask in a chat, with {path} open.")

    def _all(self) -> "list[Tool]":
        from jupyter_wove.ai import Risk, Tool  # noqa: PLC0415 — with the first message

        read, edit, run = Risk.READ, Risk.EDIT, Risk.RUN
        return [
            Tool("list_notebooks", LIST, read, Nothing, self._list, lambda _: "List notebooks"),
            Tool("look_at_notebook", LOOK, read, Look, self._look, self._looks),
            Tool("read_cells", READ, read, Cells, self._read, self._reads),
            Tool("see_variables", VARIABLES, read, Look, self._variables, self._sees),
            Tool("edit_cell", EDIT, edit, Edit, self._edit, self._edits),
            Tool("insert_cell", INSERT, edit, Insert, self._insert, self._inserts),
            Tool("delete_cell", DELETE, edit, One, self._delete, self._deletes),
            Tool("move_cell", MOVE, edit, Move, self._move, self._moves),
            Tool("run_cell", RUN, run, One, self._run, self._runs, self._shown),
        ]

    async def _list(self, asked: Nothing) -> str:
        found = await self._serving.look(lambda: Sight().notebooks(self._person))
        return "\n".join(found) or "There are no notebooks."

    async def _look(self, asked: Look) -> str:
        from jupyter_wove.ai import notebook_items  # noqa: PLC0415

        path = self._path(asked.notebook)
        cells = await self.notebooks.cells(path)
        return await self._packed(notebook_items(path, cells, None))

    async def _read(self, asked: Cells) -> str:
        path = self._path(asked.notebook)
        found = [await self.notebooks.cell(path, cell) for cell in asked.cells]
        return "\n\n".join(map(_whole, found))

    async def _variables(self, asked: Look) -> str:
        from jupyter_wove.ai import variable_items  # noqa: PLC0415

        found = await Sight().variables(self._person, self._path(asked.notebook))
        return await self._packed(variable_items(found)) or "The kernel does not say, or is off."

    async def _edit(self, asked: Edit) -> str:
        return await self.notebooks.edit(self._path(asked.notebook), asked.cell, asked.source)

    async def _insert(self, asked: Insert) -> str:
        path = self._path(asked.notebook)
        return await self.notebooks.insert(path, asked.after, asked.type, asked.source)

    async def _delete(self, asked: One) -> str:
        return await self.notebooks.remove(self._path(asked.notebook), asked.cell)

    async def _move(self, asked: Move) -> str:
        return await self.notebooks.move(self._path(asked.notebook), asked.cell, asked.after)

    async def _shown(self, asked: One) -> str:
        """Show somebody the code that would run."""
        path = self._path(asked.notebook)
        pending = await self.notebooks.pending(path, asked.cell)
        return pending.source if pending else (await self.notebooks.cell(path, asked.cell)).source

    async def _run(self, asked: One) -> str:
        from jupyter_wove.kit.errors import Forbidden  # noqa: PLC0415

        path = self._path(asked.notebook)
        _, may_run = await Sight().rights(self._person, path)
        if not may_run:
            raise Forbidden("The person may not run cells of this notebook.")
        source = await self._shown(asked)
        if pending := await self.notebooks.pending(path, asked.cell):
            await self.notebooks.accept(pending.suggestion, pending.changes)
            await self.notebooks.cells(path)  # what it changes next begins there
        return _said(await self._kernels.run(path, asked.cell, source))

    async def _packed(self, items: "Sequence[Item]") -> str:
        from jupyter_wove.ai import pack  # noqa: PLC0415

        return (await self._serving.look(lambda: pack(list(items), MOST_READ))).text

    def _path(self, notebook: str) -> str:
        from jupyter_wove.kit.errors import NotFound  # noqa: PLC0415

        if not (notebook or self._open):
            raise NotFound("The person has no notebook open. Ask which one they mean.")
        return notebook or self._open

    # ------------------------------------------------------------ what people read

    def _at(self, asked: Any) -> str:
        path = asked.notebook or self._open
        return f"{self.notebooks.place(path, asked.cell)} of {path}"

    def _looks(self, asked: Look) -> str:
        return f"Look at {asked.notebook or self._open}"

    def _reads(self, asked: Cells) -> str:
        path = asked.notebook or self._open
        return f"Read {', '.join(self.notebooks.place(path, each) for each in asked.cells)}"

    def _sees(self, asked: Look) -> str:
        return f"Ask the kernel of {asked.notebook or self._open} for its variables"

    def _edits(self, asked: Edit) -> str:
        return f"Change {self._at(asked)}"

    def _inserts(self, asked: Insert) -> str:
        return f"Insert a cell into {asked.notebook or self._open}"

    def _deletes(self, asked: One) -> str:
        return f"Remove {self._at(asked)}"

    def _moves(self, asked: Move) -> str:
        return f"Move {self._at(asked)}"

    def _runs(self, asked: One) -> str:
        return f"Run {self._at(asked)}"


def _whole(cell: "Seen") -> str:
    from jupyter_wove.ai import said_of  # noqa: PLC0415

    return f"{cell.id} ({cell.type}):\n{said_of(cell)}"


def _said(outputs: list[dict[str, Any]]) -> str:
    from jupyter_wove.ai import FAILED, outputs_of  # noqa: PLC0415

    said = outputs_of(outputs) or "It ran, and put out nothing."
    has_failed = any(each.get("output_type") == "error" for each in outputs)
    return f"{FAILED}\n{said}" if has_failed else said


LIST = "List the notebooks of the person's projects, by their paths."
LOOKS = "Look at the notebook"  # said of every step while a teacher has a say
LOOK = "Look at a notebook: its cells with their ids, and their outputs, as far as there is room."
READ = "Read cells as a whole, with their outputs."
VARIABLES = "See the names, kinds and shapes of the variables in the kernel of a notebook."
EDIT = "Suggest another source for a cell. The person accepts or rejects it."
INSERT = "Suggest a new cell. The person accepts or rejects it."
DELETE = "Suggest to remove a cell. The person accepts or rejects it."
MOVE = "Suggest another place for a cell. The person accepts or rejects it."
RUN = "Run a cell in its notebook's kernel, if the person allows it; see what it puts out."
