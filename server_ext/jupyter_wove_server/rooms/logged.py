"""A room whose log is kept: it takes, sends and stores in batches."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any, ClassVar, TypeVar

from pycrdt import (
    Channel,
    Doc,
    YMessageType,
    YSyncMessageType,
    create_sync_message,
    create_update_message,
    handle_sync_message,
    is_awareness_disconnect_message,
    merge_updates,
    read_message,
)
from pycrdt.websocket import YRoom

from jupyter_wove.kit.logs import log
from jupyter_wove_server.rooms import frames
from jupyter_wove_server.rooms.authors import NOBODY, Author
from jupyter_wove_server.rooms.awareness import tells_nothing_new
from jupyter_wove_server.rooms.member import Member
from jupyter_wove_server.rooms.store import LogStore
from jupyter_wove_server.rooms.trust import mentions_trust, strip_trust

# Seconds between two sendings; what comes meanwhile goes out together. It grows with the people
# in a room, to each of whom a sending costs the same.
PAUSE, PAUSE_FOR_EACH, LONGEST_PAUSE = 0.015, 0.00125, 0.04
LONGEST_WAIT = 2.0  # seconds that somebody waits to hear what is on disk

T = TypeVar("T")

_log = log(__name__)


class LoggedRoom(YRoom):
    """A Y document that people share, and that is stored as it changes."""

    strangers: ClassVar[bool] = True  # whether several people come here, who trust not each other
    holds = ""  # "notebook" or "chat", where something in it could run
    room_id: str
    ystore: Any
    _task_group: Any
    cleaner: "asyncio.Task[None] | None" = None

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.on_message = self._needs_no_more
        self.on_message_error = self._turns_out
        self._outgoing: list[bytes] = []
        self._sent = 0.0
        self._notices: list[bytes] = []  # also for those who come later
        self.author = NOBODY  # of what the document is changed by just now
        self._tasks: set[asyncio.Task[Any]] = set()
        if isinstance(self.ystore, LogStore):
            self.ystore.on_batch, self.ystore.on_replaced = self._promise, self._end

    def edit(self, change: Callable[["Doc[Any]"], T], author: str = "") -> T:
        """Change the document in one transaction, as somebody who is not in the room."""
        self.author = Author(author)
        try:
            with self.ydoc.transaction():
                result = change(self.ydoc)
                if LoggedRoom.strangers:
                    strip_trust(self.ydoc, self.holds)
            return result
        finally:
            self.author = NOBODY

    async def flush(self) -> None:
        """Wait until all that came until now is on disk."""
        if isinstance(self.ystore, LogStore):
            await self.ystore.flush()

    async def save_all(self) -> None:
        """Have everything on disk before the server ends."""
        await self.flush()

    # ------------------------------------------------------------------ what comes in

    async def serve(self, channel: Channel) -> None:
        """Serve somebody, unless what they have belongs to another history of the document."""
        if not isinstance(channel, Member):
            await super().serve(channel)
            return
        self.clients.add(channel)
        try:
            if await self._welcomes(channel):
                channel.push(frames.on_the_wire(create_sync_message(self.ydoc)))
                await channel.served(lambda message: self._take(message, channel))
        finally:
            self.clients.discard(channel)

    async def _welcomes(self, member: Member) -> bool:
        if not isinstance(self.ystore, LogStore):
            return True
        if not member.welcome(str(self.ystore.epoch)):
            return False
        # First what the server has: who knows that it had more, finds out that it lost some.
        state, stored = self.ydoc.get_state(), self.ystore.cut()
        with suppress(TimeoutError):  # the disk is full: they may come in all the same
            await asyncio.wait_for(stored, LONGEST_WAIT)
            member.tell_stored(state, 0)
        for notice in self._notices:
            member.tell(notice)
        return True

    def _take(self, message: bytes, member: Member) -> None:
        self.author = member.author
        try:
            if not self._needs_no_more(message):
                self._handle(message, member)
        except Exception as error:  # whatever pycrdt raises of bytes that somebody else made
            self._behind(self._turns_out(error, message, member))
        finally:
            self.author = NOBODY
        if message[0] == YMessageType.SYNC and message[1] != YSyncMessageType.SYNC_STEP1:
            member.taken += 1
            self._acknowledge_known(member)

    def _handle(self, message: bytes, member: Member) -> None:
        if message[0] == YMessageType.SYNC:
            reply = handle_sync_message(message[1:], self.ydoc)
            if reply is not None:
                member.push(frames.on_the_wire(reply))
        elif message[0] == YMessageType.AWARENESS:
            leaves = is_awareness_disconnect_message(message[1:])
            others = self.clients - {member} if leaves else self.clients
            self._send_to(others, message)  # the sender too, whom it tells that we are there
            self.awareness.apply_awareness_update(read_message(message[1:]), self)

    def _acknowledge_known(self, member: Member) -> None:
        """Acknowledge at once a change that was known already, and so is not stored again."""
        if isinstance(self.ystore, LogStore) and self.ystore.is_idle:
            self._send()
            member.tell_stored(self.ydoc.get_state(), member.taken)

    def _needs_no_more(self, message: bytes) -> bool:
        if message[0] == YMessageType.AWARENESS:
            return tells_nothing_new(message, self.awareness)
        if LoggedRoom.strangers and message[0] == YMessageType.SYNC and mentions_trust(message):
            update = frames.content(message, 2)
            if message[1] != YSyncMessageType.SYNC_STEP1 and update is not None:
                self._apply(update)
                return True
        return False

    def _apply(self, update: bytes) -> None:
        with self.ydoc.transaction():
            self.ydoc.apply_update(update)
            if LoggedRoom.strangers and mentions_trust(update):
                strip_trust(self.ydoc, self.holds)

    async def _turns_out(self, error: Exception, message: bytes, channel: Any) -> bool:
        _log.warning("a message that cannot be read", room=self.room_id, reason=str(error))
        if isinstance(channel, Member):
            channel.malformed()
        return True

    # ------------------------------------------------------------------ what goes out

    async def _watch_ready(self) -> None:
        await self.ready_event.wait()
        self._observe()

    def _observe(self) -> None:
        if not self.ydoc_observed.is_set():
            self._subscription = self.ydoc.observe(lambda event: self._pass_on(event.update))
            self.ydoc_observed.set()

    async def _broadcast_updates(self) -> None:
        if self.ystore is not None:
            async with self.ystore.start_lock:
                if not self.ystore.started.is_set():
                    await self._task_group.start(self.ystore.start)

    def _pass_on(self, update: bytes) -> None:
        if isinstance(self.ystore, LogStore):
            self.ystore.add(update, self.author.person)
        elif self.ystore is not None:
            self._task_group.start_soon(self.ystore.write, update)
        if not self._outgoing:
            loop = asyncio.get_running_loop()
            pause = min(PAUSE + PAUSE_FOR_EACH * len(self.clients), LONGEST_PAUSE)
            loop.call_at(max(loop.time(), self._sent + pause), self._send)
        self._outgoing.append(update)

    def _send(self) -> None:
        waiting, self._outgoing = self._outgoing, []
        if not waiting:
            return
        self._sent = asyncio.get_running_loop().time()
        update = waiting[0] if len(waiting) == 1 else merge_updates(*waiting)
        self._send_to(self.clients, create_update_message(update))

    def _send_to(self, clients: "set[Any]", message: bytes) -> None:
        frame = frames.on_the_wire(message)
        for client in list(clients):
            if isinstance(client, Member):
                client.push(frame)
            else:
                self._behind(client.send(message))

    def _promise(self) -> Any:
        """Remember what is about to be stored; return what tells those who sent it."""
        state = self.ydoc.get_state()
        sent = [(each, each.taken) for each in self.clients if isinstance(each, Member)]

        def tell() -> None:
            self._send()  # nobody hears what is stored before what it was built on
            for client, taken in sent:
                client.tell_stored(state, taken)
            for each in self.clients:  # what changed nothing, and came while this was stored
                if isinstance(each, Member):
                    self._acknowledge_known(each)

        return tell

    def _tell(self, sentence: str) -> None:
        self._notices.append(frames.notice(sentence))
        for client in self.clients:
            if isinstance(client, Member):
                client.tell(self._notices[-1])

    def _end(self) -> None:
        for client in list(self.clients):
            if isinstance(client, Member):
                client.replaced()

    def _behind(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
