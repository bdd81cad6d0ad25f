"""Sees when cells of a notebook were run, whoever ran them, where somebody waits to hear that."""

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar

from pycrdt import Array, Doc

from jupyter_wove_server.serving import Serving

if TYPE_CHECKING:
    from jupyter_wove_server.rooms.logged import LoggedRoom

KEYS = {"execution_count", "execution_state"}
SETTLED = 1.0  # seconds after which what a cell put out has come, too: that takes a way of its own


class Runs:
    """The cells of one room that were run since somebody began to wait."""

    serving: ClassVar[Serving]
    wanted: ClassVar[set[str]] = set()  # rooms, also those that nobody has open now
    watching: ClassVar[dict[str, "Runs"]] = {}

    def __init__(self, room: str, doc: "Doc[Any]") -> None:
        self._room = room
        self._cells: Array[Any] = doc.get("cells", type=Array)
        self._touched: set[str] = set()
        self._waiting: asyncio.TimerHandle | None = None
        self._telling: set[asyncio.Future[None]] = set()
        self._subscription = self._cells.observe_deep(self._look)

    @classmethod
    def begin(cls, room: "LoggedRoom") -> None:
        """Watch a room that was opened, if somebody waits for runs in it."""
        if room.room_id in cls.wanted:
            cls.end(room.room_id)
            cls.watching[room.room_id] = cls(room.room_id, room.ydoc)

    @classmethod
    def end(cls, room: str) -> None:
        """Watch a room no more."""
        if found := cls.watching.pop(room, None):
            found._cells.unobserve(found._subscription)

    def _look(self, events: list[Any]) -> None:
        for event in events:
            if KEYS & set(getattr(event, "keys", ())):
                self._touched.add(str(event.target.get("id")))
        if self._touched and self._waiting is None:
            loop = asyncio.get_running_loop()
            self._waiting = loop.call_later(SETTLED, self._settled)

    def _settled(self) -> None:
        self._waiting = None
        touched, self._touched = self._touched, set()
        cells = [each for each in self._cells if str(each.get("id")) in touched]
        over = {str(each["id"]): _ran_well(each) for each in cells if _is_over(each)}
        if over:
            telling = asyncio.ensure_future(self._tell(over))
            self._telling.add(telling)
            telling.add_done_callback(self._telling.discard)

    async def _tell(self, over: dict[str, bool]) -> None:
        if not await self.serving.change(lambda: self.serving.wove.hearing.ran(self._room, over)):
            self.wanted.discard(self._room)
            self.end(self._room)


def _is_over(cell: Any) -> bool:
    return cell.get("execution_count") is not None and cell.get("execution_state") != "running"


def _ran_well(cell: Any) -> bool:
    outputs = cell.get("outputs")
    return all(each.get("output_type") != "error" for each in outputs)
