"""A connection is listened to without a pause, and no further ahead than before."""

import asyncio
import socket

import pytest
from jupyter_wove_server.rooms.listening import keep_listening
from tornado.iostream import IOStream, StreamClosedError

FRAMES = 200
LARGE = 20_000_000
PATIENCE = 20


def pair():
    ours, theirs = socket.socketpair()
    theirs.settimeout(PATIENCE)
    return IOStream(ours), theirs


@pytest.mark.parametrize("is_kept", [True, False])
def test_frames_come_whole_and_in_order_and_nothing_is_begun_anew_for_each(is_kept, monkeypatch):
    async def talk():
        stream, theirs = pair()
        toggles, update = [], type(stream.io_loop).update_handler

        def counted(self, *args):
            toggles.append(args)
            update(self, *args)

        monkeypatch.setattr(type(stream.io_loop), "update_handler", counted)
        if is_kept:
            keep_listening(stream)

        async def taking():
            for number in range(FRAMES):
                assert await stream.read_bytes(2) == b"\x00\x08"
                assert await stream.read_bytes(8) == number.to_bytes(8)
            with pytest.raises(StreamClosedError):
                await stream.read_bytes(2)

        task = asyncio.create_task(taking())
        for number in range(FRAMES):
            await asyncio.sleep(0.001)
            theirs.send(b"\x00\x08" + number.to_bytes(8))
        theirs.close()
        await asyncio.wait_for(task, PATIENCE)
        return len(toggles)

    toggles = asyncio.run(talk())
    assert (toggles < FRAMES / 10) if is_kept else (toggles > FRAMES), "tornado does it itself now"


def test_who_sends_more_than_is_taken_waits_and_loses_nothing():
    async def flood():
        stream, theirs = pair()
        keep_listening(stream)
        sending = asyncio.create_task(asyncio.to_thread(theirs.sendall, b"x" * LARGE))
        try:
            assert await stream.read_bytes(1) == b"x"
            await asyncio.sleep(0.3)
            assert not sending.done()
            assert stream._read_buffer_size < 1_000_000
            for _ in range(19):
                assert len(await stream.read_bytes(1_000_000)) == 1_000_000
            assert len(await stream.read_bytes(999_999)) == 999_999
            await sending
        finally:
            stream.close()

    asyncio.run(asyncio.wait_for(flood(), 2 * PATIENCE))
