import hashlib
import io
import threading

import pytest

from jupyter_wove.kit.blobs import Blobs
from jupyter_wove.kit.errors import NotFound, Unavailable


@pytest.fixture
def blobs(tmp_path):
    return Blobs(tmp_path / "blobs")


def test_a_content_is_found_under_its_sha256(blobs):
    digest = blobs.put(io.BytesIO(b"waves"))
    assert digest == hashlib.sha256(b"waves").hexdigest()
    assert blobs.open(digest).read() == b"waves"
    assert blobs.path(digest).read_bytes() == b"waves"


def test_an_empty_content_is_a_content_too(blobs):
    assert blobs.open(blobs.put(io.BytesIO())).read() == b""


def test_the_same_content_is_stored_once(blobs):
    first, second = (blobs.put(io.BytesIO(b"x" * 3_000_000)) for _ in range(2))
    assert first == second
    assert [path.name for path in blobs.folder.rglob("*") if path.is_file()] == [first]


def test_a_damaged_content_is_noticed_at_its_end(blobs):
    digest = blobs.put(io.BytesIO(b"a" * 100))
    blobs.path(digest).write_bytes(b"b" * 100)
    with pytest.raises(Unavailable, match="damaged"):
        blobs.open(digest).read()


def test_storing_a_damaged_content_again_mends_it(blobs):
    digest = blobs.put(io.BytesIO(b"whole"))
    blobs.path(digest).write_bytes(b"holey")
    blobs.put(io.BytesIO(b"whole"))
    assert blobs.open(digest).read() == b"whole"


def test_a_source_that_breaks_off_leaves_nothing_behind(blobs):
    class Broken(io.BytesIO):
        def read(self, size=-1):
            raise ConnectionError

    with pytest.raises(ConnectionError):
        blobs.put(Broken())
    assert list(blobs.folder.iterdir()) == []


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_what_is_no_digest_leads_nowhere(blobs, digest):
    with pytest.raises(NotFound):
        blobs.path(digest)


def test_an_unknown_digest_is_not_found(blobs):
    assert not blobs.holds("0" * 64)
    with pytest.raises(NotFound):
        blobs.open("0" * 64)


def test_a_store_knows_its_own_seal_and_no_other(blobs, tmp_path):
    assert blobs.seal("mine") == Blobs(blobs.folder).seal("mine")
    assert blobs.seal("mine") != Blobs(tmp_path / "other").seal("mine")
    assert blobs.seal("mine") != blobs.seal("yours")


def test_many_writers_of_the_same_content_agree(blobs):
    digests = []
    writers = [
        threading.Thread(target=lambda: digests.append(blobs.put(io.BytesIO(b"same" * 100_000))))
        for _ in range(8)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(digests) == 8
    assert len(set(digests)) == 1
    assert blobs.open(digests[0]).read() == b"same" * 100_000
