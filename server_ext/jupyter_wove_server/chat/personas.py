"""Who of the personas in a chat answers a message: one of them, once, and on whose account."""

import asyncio
from collections.abc import Coroutine
from typing import Any, ClassVar
from uuid import UUID
from weakref import WeakValueDictionary

from jupyter_ai_persona_manager import BasePersona, PersonaManager
from jupyterlab_chat.models import Message

from jupyter_wove.kit.logs import log
from jupyter_wove_server.chat.document import ChatDocument
from jupyter_wove_server.rooms.authors import Author
from jupyter_wove_server.serving import Serving

WOVE = "jupyter-ai-personas::jupyter_wove_server::WovePersona"

_log = log(__name__)


class Personas(PersonaManager):  # type: ignore[misc]
    """The personas of one chat."""

    serving: ClassVar[Serving]
    _answering: ClassVar[set["asyncio.Task[None]"]] = set()
    _open: ClassVar[WeakValueDictionary[str, "Personas"]] = WeakValueDictionary()  # by the room

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if isinstance(self.chat, ChatDocument):
            self._open[self.chat.room] = self
            self._do(self._go_on(self.chat.room))  # what was answered while nobody had it open

    @classmethod
    def go_on(cls, room: str) -> None:
        """Have agents of a chat go on that somebody has answered, from any thread."""
        if (personas := cls._open.get(room)) is not None:
            loop = personas.event_loop
            loop.call_soon_threadsafe(lambda: personas._do(personas._go_on(room)))

    def on_chat_message(self, chat_id: str, message: Message) -> None:
        """Have the persona answer to whom a message is addressed, if any."""
        persona = self._addressed(message)
        author = self.chat.author_of(message.id) if isinstance(self.chat, ChatDocument) else None
        if persona is not None and author is not None:
            self._do(self._answer(chat_id, persona, message, author))

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        task = self.event_loop.create_task(work)
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    async def _go_on(self, room: str) -> None:
        from jupyter_wove.ai import Runs  # noqa: PLC0415 — with the first message

        wove = await self.serving.look(lambda: self.serving.wove)
        for run_id in await self.serving.look(lambda: Runs(wove.units).to_go_on(room)):
            await self.personas[WOVE].go_on(run_id)

    def _addressed(self, message: Message) -> BasePersona | None:
        """Find whom the picker names, else who is mentioned."""
        picked: Any = (message.metadata or {}).get(self.TO_PERSONA_METADATA_KEY)
        named = [picked, *(message.mentions or [])]
        return next((self.personas[each] for each in named if each in self.personas), None)

    async def _answer(
        self, chat_id: str, persona: BasePersona, message: Message, author: Author
    ) -> None:
        if await self._takes_turn(chat_id, message, author):
            await persona.on_message(message)

    async def _takes_turn(self, chat_id: str, message: Message, author: Author) -> bool:
        """Tell whether this server answers: another may have the same chat open."""
        serving, person = self.serving, author.person

        def take() -> bool:
            from jupyter_wove.ai import take_turn  # noqa: PLC0415 — with the first message

            return take_turn(serving.wove.units, chat_id, message.id, UUID(person))

        return await serving.change(take)
