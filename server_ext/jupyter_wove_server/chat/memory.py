"""What was said in a chat before that which a model can be told of it."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import TYPE_CHECKING, Any, ClassVar

from jupyter_ai_persona_manager import BasePersona
from jupyterlab_chat.models import Message

from jupyter_wove.kit.errors import WoveError
from jupyter_wove.kit.logs import log
from jupyter_wove_server.agents.sight import Sight
from jupyter_wove_server.chat.conversation import (
    READ,
    Conversation,
    conversation,
    said_by,
    to_sum_up,
)
from jupyter_wove_server.chat.document import ChatDocument

if TYPE_CHECKING:
    from jupyter_wove.ai import Chunk, Summaries, Summary

LONGEST = 6_000  # characters of one message that are summed up

_log = log(__name__)


class Memory:
    """The summary of one chat: told with each question, and written anew behind an answer."""

    _writing: ClassVar[set["asyncio.Task[None]"]] = set()

    def __init__(self, persona: BasePersona) -> None:
        self._persona = persona
        self._known: Summary | None = None
        self._fresh: list[Message] = []  # that no summary holds yet

    async def recall(self, messages: list[Message], tokens: int) -> tuple[Conversation, str]:
        """Choose what a model is told of these messages, and read what was said before, in short.

        What a summary holds is told by it alone, so that most of a request stays as it was.
        """
        from jupyter_wove.ai import estimate  # noqa: PLC0415 — with the first message

        self._known = known = await Sight.serving.look(lambda: summaries().of(self._room))
        ids = [each.id for each in messages]
        begin = ids.index(known.until) + 1 if known and known.until in ids else 0
        fresh, room = messages[begin:], tokens - estimate(self._text)
        about = fresh, self._persona.chat.get_users(), self._persona.id, room
        found = await asyncio.to_thread(conversation, *about)
        self._fresh = await asyncio.to_thread(to_sum_up, *about) if found.earlier else []
        return found, self._text

    def write(
        self, model: str, ask: "Callable[[dict[str, Any]], AsyncGenerator[Chunk, None]]"
    ) -> None:
        """Have a model sum up what is new, while people talk on."""
        if self._fresh:
            task = asyncio.create_task(self._write(model, ask))
            self._writing.add(task)
            task.add_done_callback(self._writing.discard)

    async def _write(
        self, model: str, ask: "Callable[[dict[str, Any]], AsyncGenerator[Chunk, None]]"
    ) -> None:
        from jupyter_wove.ai import Failure, summary_request  # noqa: PLC0415

        users = self._persona.chat.get_users()
        said = [said_by(each, users, self._persona.id)[:LONGEST] for each in self._fresh]
        request = summary_request(model, self._text, [each for each in said if each])
        try:
            text = "".join([each.text async for each in ask(request)]).strip()
        except (WoveError, Failure) as error:
            _log.info("a chat was not summed up", reason=str(error))
            return
        if text and self._is_as_it_was:
            await self._keep(text)

    async def _keep(self, text: str) -> None:
        until, after = self._fresh[-1].id, self._known.until if self._known else ""
        await Sight.serving.change(lambda: summaries().keep(self._room, until, text, after))
        if not self._is_as_it_was:  # by now
            await Sight.serving.change(lambda: summaries().forget(self._room))

    @property
    def _is_as_it_was(self) -> bool:
        """Tell whether nobody has changed or deleted what is summed up."""
        now = {each.id: each.body for each in self._persona.chat.last(READ)}
        return all(now.get(each.id) == each.body for each in self._fresh)

    @property
    def _room(self) -> str:
        return str(self._persona.chat.room)

    @property
    def _text(self) -> str:
        return self._known.text if self._known else ""


async def withdraw(chat: ChatDocument, message: str) -> None:
    """Forget the summary of a chat where it may hold a message that was changed or deleted."""
    known = await Sight.serving.look(lambda: summaries().of(chat.room))
    if known is None:
        return
    ids = [each.id for each in chat.last(READ)]
    fresh = ids[ids.index(known.until) + 1 :] if known.until in ids else []
    if message not in fresh:
        await Sight.serving.change(lambda: summaries().forget(chat.room))


def summaries() -> "Summaries":
    """Reach the summaries of all chats."""
    from jupyter_wove.ai import Summaries  # noqa: PLC0415 — with the first long chat

    return Summaries(Sight.serving.wove.units)
