"""What somebody writes into a file while it is about to be saved is not written over."""

import asyncio
import logging
import os
from types import SimpleNamespace

import pytest
from jupyter_server.services.contents import fileio
from jupyter_server.services.contents.filemanager import FileContentsManager
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from jupyter_server_ydoc.utils import OutOfBandChanges
from jupyter_wove_server.rooms.loader import Loader

MINE = {"format": "text", "type": "file", "content": "mine"}
THEIRS = "theirs"


@pytest.fixture(params=[AsyncLargeFileManager, FileContentsManager])
def manager(request, tmp_path):
    (tmp_path / "notes.md").write_text("before")
    return request.param(root_dir=str(tmp_path))


@pytest.fixture
def loader(manager):
    ids = SimpleNamespace(get_path=lambda _: "notes.md")
    return Loader("id", ids, manager, logging.getLogger("test"))


@pytest.fixture
def file(tmp_path):
    return tmp_path / "notes.md"


def write(file, text, seconds):
    """Write as somebody else does, a little later."""
    file.write_text(text)
    os.utime(file, (file.stat().st_atime, file.stat().st_mtime + seconds))


async def opened(loader):
    await loader.load_content("text", "file")
    return loader


def test_a_file_that_nobody_touches_is_saved(loader, file):
    async def save():
        await opened(loader)
        await loader.maybe_save_content({**MINE})
        return await loader.maybe_save_content(MINE | {"content": "mine again"})

    assert asyncio.run(save())["hash"]
    assert file.read_text() == "mine again"


def test_what_comes_after_it_was_looked_whether_something_came_is_kept(loader, file, manager):
    manager.pre_save_hook = lambda **_: write(file, THEIRS, 1)
    manager.register_pre_save_hook(manager.pre_save_hook)

    async def save():
        with pytest.raises(OutOfBandChanges):
            await (await opened(loader)).maybe_save_content({**MINE})

    asyncio.run(save())
    assert file.read_text() == THEIRS


def test_what_comes_while_the_file_is_copied_is_kept(loader, file, monkeypatch):
    copy = fileio.copy2_safe

    def slow(src, dst, log=None):
        write(file, THEIRS, 1)
        copy(src, dst, log)

    monkeypatch.setattr(fileio, "copy2_safe", slow)

    async def save():
        with pytest.raises(OutOfBandChanges):
            await (await opened(loader)).maybe_save_content({**MINE})

    asyncio.run(save())
    assert file.read_text() == THEIRS
    assert [each.name for each in file.parent.iterdir()] == [file.name]


def test_what_comes_while_the_disk_takes_it_is_noticed_too(loader, file, monkeypatch):
    sync = os.fsync

    def slow(handle):
        monkeypatch.setattr(os, "fsync", sync)
        sync(handle)
        write(file, THEIRS, 1)

    async def save():
        await opened(loader)
        monkeypatch.setattr(os, "fsync", slow)
        await loader.maybe_save_content({**MINE})
        with pytest.raises(OutOfBandChanges):
            await loader.maybe_save_content(MINE | {"content": "mine again"})

    asyncio.run(save())
    assert file.read_text() == THEIRS


def test_what_comes_right_after_is_noticed_before_it_is_written_over(loader, file, manager):
    def write_after(**_):
        write(file, THEIRS, 1)

    manager.register_post_save_hook(write_after)

    async def save():
        await (await opened(loader)).maybe_save_content({**MINE})
        with pytest.raises(OutOfBandChanges):
            await loader.maybe_save_content(MINE | {"content": "mine again"})

    asyncio.run(save())
    assert file.read_text() == THEIRS
