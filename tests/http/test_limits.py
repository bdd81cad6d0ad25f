import asyncio
from pathlib import Path

import msgspec
import psutil
import pytest

from tests.http.conftest import read_head

MEBIBYTE = 1024 * 1024


def read(response):
    return msgspec.json.decode(response.body)


@pytest.mark.parametrize("size", [0, 1, 2_500_000])
async def test_an_upload_lies_in_a_file_while_it_is_worked_on(ask, size):
    headers = {
        "Content-Type": "application/zip; x=y",
        "Content-Disposition": "attachment; filename*=UTF-8''..%2F..%2Fw%C3%A4ves.zip",
    }
    response = await ask("POST", "wove/api/probe/upload", body=b"z" * size, headers=headers)
    got = read(response)
    assert (got["size"], got["media"], got["filename"]) == (size, "application/zip", "wäves.zip")
    assert got["start"] == "z" * min(size, 8)
    assert not Path(got["path"]).parent.exists()


async def test_a_form_is_no_upload(ask):
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    response = await ask("POST", "wove/api/probe/upload", body=b"--x--", headers=headers)
    assert response.code == 400


async def test_a_body_over_the_limit_is_refused_with_the_limit(ask):
    response = await ask("PUT", "wove/api/probe/note", body={"text": "a" * 2000})
    assert response.code == 413
    assert "2,000 bytes" in read(response)["detail"]


async def test_other_bodies_have_the_limit_of_json(ask):
    response = await ask("POST", "wove/api/probe/tree", body={"value": "a" * MEBIBYTE})
    assert response.code == 413


async def test_a_body_that_hides_its_size_is_refused_where_it_passes_the_limit(ask_raw):
    headers = {"Transfer-Encoding": "chunked", "If-Match": "*"}
    chunk = b"800\r\n" + b"a" * 0x800 + b"\r\n"
    status, *_ = await ask_raw("PUT", "wove/api/probe/note", headers=headers, body=chunk)
    assert status == 413


async def test_what_does_not_fit_is_refused_before_its_body_comes(ask_raw):
    headers = {"Content-Length": "2000000"}
    reader, writer = await ask_raw(
        "POST", "wove/api/probe/upload?part=x", headers=headers, read=False
    )
    status, _ = await read_head(reader)
    writer.close()
    assert status == 422


async def test_an_upload_that_breaks_off_leaves_nothing(ask_raw, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    headers = {"Content-Length": "2500000"}
    _, writer = await ask_raw(
        "POST", "wove/api/probe/upload", headers=headers, body=b"z" * 2_000_000, read=False
    )
    await until(lambda: list(tmp_path.glob("wove-upload-*/upload")))
    writer.close()
    await until(lambda: not list(tmp_path.glob("wove-upload-*")))


@pytest.mark.parametrize("form", ["announced", "chunked"])
async def test_nobody_can_fill_the_memory(ask_raw, form):
    length = {"Content-Length": str(64 * MEBIBYTE)}
    headers = length if form == "announced" else {"Transfer-Encoding": "chunked"}
    before = psutil.Process().memory_info().rss
    reader, writer = await ask_raw(
        "POST", "wove/api/probe/upload", headers=headers, token="wrong", read=False
    )
    status, _ = await read_head(reader)
    await pour(writer, 64 * MEBIBYTE, chunked=form == "chunked")
    assert status == 401
    assert psutil.Process().memory_info().rss - before < 16 * MEBIBYTE


async def pour(writer, size, *, chunked):
    """Send on as long as somebody takes it."""
    piece = b"a" * MEBIBYTE
    try:
        for _ in range(size // MEBIBYTE):
            writer.write(b"%x\r\n%b\r\n" % (len(piece), piece) if chunked else piece)
            await writer.drain()
    except ConnectionError:
        return
    finally:
        writer.close()


async def until(holds):
    for _ in range(500):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("It did not come about within five seconds.")
