"""When the file of a room is written."""

import asyncio

import pytest
from jupyter_wove_server.rooms import saver
from jupyter_wove_server.rooms.saver import Saver


class File:
    """Counts how often it is written; refuses while it is told to."""

    def __init__(self):
        self.written = 0
        self.is_full = False

    async def save(self):
        if self.is_full:
            raise OSError("No space left")
        self.written += 1


def test_a_pause_in_typing_has_the_file_written_once():
    async def type_():
        file = File()
        saving = Saver(file.save, 0.05)
        for _ in range(5):
            saving.soon()
            await asyncio.sleep(0.01)
        assert file.written == 0
        await asyncio.sleep(0.2)
        assert file.written == 1

    asyncio.run(type_())


def test_typing_on_and_on_has_it_written_too(monkeypatch):
    monkeypatch.setattr(saver, "MOST_UNSAVED", 0.2)

    async def type_():
        file = File()
        saving = Saver(file.save, 10)
        for _ in range(60):
            saving.soon()
            await asyncio.sleep(0.01)
        assert file.written >= 1

    asyncio.run(type_())


def test_what_could_not_be_written_is_tried_again():
    async def type_():
        file = File()
        file.is_full = True
        saving = Saver(file.save, 0)
        saving.soon()
        await asyncio.sleep(0.1)
        file.is_full = False
        assert saving.unsaved_since is not None
        await saving.last()
        assert (file.written, saving.unsaved_since) == (1, None)

    asyncio.run(type_())


def test_who_saves_by_hand_is_told_that_it_failed():
    async def save():
        file = File()
        file.is_full = True
        saving = Saver(file.save, None)
        saving.soon()
        with pytest.raises(OSError, match="No space"):
            await saving.now()
        assert saving.unsaved_since is not None

    asyncio.run(save())


def test_nothing_is_written_where_people_want_to_do_it_by_hand():
    async def type_():
        file = File()
        saving = Saver(file.save, None)
        saving.soon()
        await asyncio.sleep(0.1)
        await saving.last()
        assert file.written == 0

    asyncio.run(type_())
