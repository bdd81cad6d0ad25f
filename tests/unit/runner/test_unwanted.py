"""What is made for somebody who does not wait for it any more is undone, however they leave."""

import asyncio

import pytest
from jupyter_wove_runner.containers import or_undone, surely


class Maker:
    """Makes one thing slowly, and takes its time to undo it."""

    def __init__(self):
        self.there = False

    async def make(self):
        await asyncio.sleep(0.05)
        self.there = True
        return self

    async def undo(self, made):
        assert made is self
        await asyncio.sleep(0.05)
        self.there = False


@pytest.mark.parametrize("times", [1, 2, 5])
async def test_what_nobody_waits_for_is_undone_however_often_they_are_cancelled(times):
    maker = Maker()
    waiting = asyncio.create_task(or_undone(maker.make(), maker.undo))
    for _ in range(times):
        await asyncio.sleep(0.015)
        waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert not maker.there


async def test_what_is_waited_for_stays():
    maker = Maker()
    assert await or_undone(maker.make(), maker.undo) is maker
    assert maker.there


async def test_work_that_must_end_does_so_however_often_it_is_cancelled():
    maker = Maker()
    waiting = asyncio.create_task(surely(maker.make()))
    for _ in range(4):
        await asyncio.sleep(0.01)
        waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert maker.there
