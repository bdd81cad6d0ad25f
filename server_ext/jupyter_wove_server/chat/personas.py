"""Who of the personas in a chat answers a message: one of them, once, and on whose account."""

import asyncio
from collections.abc import Coroutine
from functools import partial
from typing import Any, ClassVar
from uuid import UUID
from weakref import WeakValueDictionary

from jupyter_ai_persona_manager import BasePersona, PersonaManager
from jupyterlab_chat.models import Message

from jupyter_wove.kit.logs import log
from jupyter_wove_server.agents.sight import Sight, focus_of
from jupyter_wove_server.chat.document import ChatDocument
from jupyter_wove_server.chat.memory import withdraw
from jupyter_wove_server.rooms.authors import Author
from jupyter_wove_server.serving import Serving

WOVE = "jupyter-ai-personas::jupyter_wove_server::WovePersona"
TUTOR = "jupyter-ai-personas::jupyter_wove_server::Tutor"

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
            self.chat.hear_changed = self._hear_changed
            self._do(self._go_on(self.chat.room))  # what was answered while nobody had it open

    def _init_personas(self) -> dict[str, BasePersona]:
        """Make Wove and what others have installed, then those that go by a prompt."""
        from jupyter_wove_server.chat.roles import roles  # noqa: PLC0415 — they build on this

        found: dict[str, BasePersona] = super()._init_personas()
        for role in roles(self.serving.settings.ai_personas):
            persona = role(parent=self, chat=self.chat)
            found.setdefault(persona.id, persona)
        return found

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

    def _hear_changed(self, message: str) -> None:
        """Have no model be told in short what is not there any more."""
        self._do(withdraw(self.chat, message))

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        task = self.event_loop.create_task(work)
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    async def _go_on(self, room: str) -> None:
        from jupyter_wove.ai import Runs  # noqa: PLC0415 — with the first message

        wove = await self.serving.look(lambda: self.serving.wove)
        for run_id in await self.serving.look(lambda: Runs(wove.units).to_go_on(room)):
            about = await self.serving.look(partial(Runs(wove.units).about, run_id))
            who = self.personas.get(about.get("persona", ""), self.personas[WOVE])
            await who.go_on(run_id)

    def _addressed(self, message: Message) -> BasePersona | None:
        """Find whom the picker names, else who is mentioned."""
        picked: Any = (message.metadata or {}).get(self.TO_PERSONA_METADATA_KEY)
        named = [picked, *(message.mentions or [])]
        return next((self.personas[each] for each in named if each in self.personas), None)

    async def _answer(
        self, chat_id: str, persona: BasePersona, message: Message, author: Author
    ) -> None:
        if await self._takes_turn(chat_id, message, author):
            answering = await self._allowed(persona, message, author)
            await answering.on_message(message)

    async def _allowed(
        self, persona: BasePersona, message: Message, author: Author
    ) -> BasePersona:
        """Have the Tutor answer where a teacher has a say, whoever was asked."""
        focus = focus_of(message.metadata)
        paths = [self.chat_path, *([focus.notebook] if focus else [])]
        binding = await Sight().bound(author.person, paths)
        return self.personas[TUTOR] if binding else persona

    async def _takes_turn(self, chat_id: str, message: Message, author: Author) -> bool:
        """Tell whether this server answers: another may have the same chat open."""
        serving, person = self.serving, author.person

        def take() -> bool:
            from jupyter_wove.ai import take_turn  # noqa: PLC0415 — with the first message

            return take_turn(serving.wove.units, chat_id, message.id, UUID(person))

        return await serving.change(take)
