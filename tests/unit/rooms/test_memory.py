"""Memory is given back after many rooms have closed, once for all of them."""

import asyncio

from jupyter_wove_server.rooms import memory
from jupyter_wove_server.rooms.memory import MANY, Giver, give_back


def test_memory_is_given_back_once_for_many_rooms(monkeypatch):
    given = []
    monkeypatch.setattr(memory, "give_back", given.append)
    monkeypatch.setattr(memory, "PAUSE", 0.01)

    async def close(rooms):
        giver = Giver()
        for _ in range(rooms):
            giver.room_closed(None)
        await asyncio.sleep(0.1)

    asyncio.run(close(MANY - 1))
    assert given == []
    asyncio.run(close(3 * MANY))
    assert given == [None]


def test_giving_back_works_on_this_system():
    give_back(None)
