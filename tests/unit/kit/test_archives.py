import io
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_wove.kit.archives import Cancelled, Extracted, Limits, extract
from jupyter_wove.kit.errors import BadRequest, TooLarge
from tests.corpora.archives import HOSTILE, bomb_note, bomb_xz, tar_of, zip_of


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    for name, build in HOSTILE.items():
        build(folder / name)
    return folder


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_archive_is_refused_and_leaves_nothing(hostile, tmp_path, name):
    with pytest.raises((BadRequest, TooLarge)) as refusal:
        extract(hostile / name, tmp_path / "into", Limits())
    assert list(tmp_path.iterdir()) == []
    assert str(refusal.value).isprintable()
    assert str(refusal.value).endswith(".")


def test_bombs_and_crowds_are_called_too_large(hostile, tmp_path):
    for name in ("zip bomb", "tar bomb gz", "tar bomb in a note", "zip 100k entries"):
        with pytest.raises(TooLarge):
            extract(hostile / name, tmp_path / "into", Limits())


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_a_tar_comes_out_as_it_went_in(tmp_path, mode):
    files = [("./a.txt", b"a" * 3000), ("b/c.csv", b"1,2\n"), ("b/" + "d" * 150, bytes(512))]
    tar_of(*files, mode=mode)(tmp_path / "x")
    done = extract(tmp_path / "x", tmp_path / "into", Limits())
    assert done == Extracted(3, 3516)
    for name, content in files:
        assert (tmp_path / "into" / name).read_bytes() == content


def test_a_zip_comes_out_as_it_went_in(tmp_path):
    files = [("ü.txt", b"a" * 1_000_000), ("b/", b""), ("b/c.bin", bytes(range(256)) * 5000)]
    zip_of(*files)(tmp_path / "x")
    done = extract(tmp_path / "x", tmp_path / "into", Limits())
    assert done == Extracted(2, 2_280_000)
    assert (tmp_path / "into/ü.txt").read_bytes() == files[0][1]
    assert (tmp_path / "into/b/c.bin").read_bytes() == files[2][1]


def test_a_stored_zip_with_sizes_behind_the_content_comes_out(tmp_path):
    class Pipe(io.RawIOBase):
        def __init__(self, file):
            self.write = file.write

    with (tmp_path / "x").open("wb") as file, zipfile.ZipFile(Pipe(file), "w") as archive:
        archive.writestr("a.txt", b"stored")
    assert extract(tmp_path / "x", tmp_path / "into", Limits()).bytes == 6


def test_a_wide_zip_comes_out(tmp_path):
    with (
        zipfile.ZipFile(tmp_path / "x", "w") as archive,
        archive.open("a.txt", "w", force_zip64=True) as member,
    ):
        member.write(b"wide")
    assert extract(tmp_path / "x", tmp_path / "into", Limits()).bytes == 4


def test_a_wide_list_of_files_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 1)
    zip_of(("a", b"1"), ("b", b"2"))(tmp_path / "x")
    data = (tmp_path / "x").read_bytes()
    end = data.index(b"PK\5\6")
    (tmp_path / "x").write_bytes(data[: end + 8] + b"\xff" * 12 + data[end + 20 :])
    assert extract(tmp_path / "x", tmp_path / "into", Limits()).files == 2


def test_what_is_packed_twice_stays_packed_once(tmp_path):
    zip_of(("deep.txt", bytes(1000)))(tmp_path / "inner")
    packed = (tmp_path / "inner").read_bytes()
    zip_of(("inner.zip", packed))(tmp_path / "x")
    extract(tmp_path / "x", tmp_path / "into", Limits())
    assert (tmp_path / "into/inner.zip").read_bytes() == packed


def test_every_pax_and_gnu_name_is_read(tmp_path):
    for form in (tarfile.GNU_FORMAT, tarfile.PAX_FORMAT, tarfile.USTAR_FORMAT):
        name = "/".join(["folder" * 10, "ü" * 20, "file" * 12])
        with tarfile.open(tmp_path / "x", "w", format=form) as archive:
            info = tarfile.TarInfo(name)
            info.size = 2
            archive.addfile(info, io.BytesIO(b"ok"))
        extract(tmp_path / "x", tmp_path / f"into{form}", Limits())
        assert (tmp_path / f"into{form}" / name).read_bytes() == b"ok"


def test_neither_rights_nor_owners_come_along(tmp_path):
    with tarfile.open(tmp_path / "x", "w") as archive:
        info = tarfile.TarInfo("run.sh")
        info.mode = 0o6777
        archive.addfile(info)
    extract(tmp_path / "x", tmp_path / "into", Limits())
    assert (tmp_path / "into/run.sh").stat().st_mode & 0o7111 == 0


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (Limits(files=1), "more than 1 files"),
        (Limits(file=5), "'b.txt' is larger than 5 bytes"),
        (Limits(total=10), "more than 10 bytes"),
        (Limits(ratio=0, free=3), "0 times its own size"),
    ],
)
@pytest.mark.parametrize("of", [zip_of, tar_of])
def test_a_limit_says_what_it_is(tmp_path, of, limits, said):
    of(("a.txt", b"12345"), ("b.txt", b"123456"))(tmp_path / "x")
    with pytest.raises(TooLarge, match=said):
        extract(tmp_path / "x", tmp_path / "into", limits)
    assert not (tmp_path / "into").exists()


def test_the_only_folder_at_the_top_can_be_left_out(tmp_path):
    zip_of(("waves-main/a.txt", b"a"), ("waves-main/b/c.txt", b"c"))(tmp_path / "x")
    done = extract(tmp_path / "x", tmp_path / "into", Limits(), strip=True)
    assert done.top == "waves-main"
    assert (tmp_path / "into/b/c.txt").read_bytes() == b"c"
    assert {path.name for path in tmp_path.iterdir()} == {"x", "into"}


def test_two_folders_at_the_top_stay(tmp_path):
    zip_of(("a/1.txt", b"a"), ("b/2.txt", b"c"))(tmp_path / "x")
    assert extract(tmp_path / "x", tmp_path / "into", Limits(), strip=True).top is None
    assert (tmp_path / "into/a/1.txt").exists()


def test_progress_rises_to_the_size_of_the_archive(tmp_path):
    tar_of(("a", bytes(range(256)) * 8000))(tmp_path / "x")
    heard = []
    extract(tmp_path / "x", tmp_path / "into", Limits(), progress=lambda *at: heard.append(at))
    assert heard == sorted(heard)
    assert len(heard) > 5
    assert 0.9 < heard[-1][0] / heard[-1][1] <= 1


def test_cancelling_leaves_nothing(tmp_path):
    tar_of(("a", b"1"), ("b", b"2"))(tmp_path / "x")
    answers = iter([False, False, True])
    with pytest.raises(Cancelled):
        extract(tmp_path / "x", tmp_path / "into", Limits(), cancelled=lambda: next(answers))
    assert not (tmp_path / "into").exists()


def test_a_folder_that_is_there_is_not_touched(tmp_path):
    (tmp_path / "into").mkdir()
    (tmp_path / "into/mine.txt").write_text("mine")
    zip_of(("a", b"1"))(tmp_path / "x")
    with pytest.raises(FileExistsError):
        extract(tmp_path / "x", tmp_path / "into", Limits())
    assert (tmp_path / "into/mine.txt").read_text() == "mine"


@given(st.integers(0, 1000), st.binary(min_size=1, max_size=20), st.booleans())
def test_a_changed_byte_is_read_or_refused(tmp_path_factory, place, bytes_, as_zip):
    folder = tmp_path_factory.mktemp("fuzz")
    build = zip_of if as_zip else tar_of
    build(("a.txt", b"hello" * 20), ("b/c.txt", b"world" * 9))(folder / "x")
    data = bytearray((folder / "x").read_bytes())
    place %= len(data)
    data[place : place + len(bytes_)] = bytes_
    (folder / "x").write_bytes(bytes(data))
    try:
        extract(folder / "x", folder / "into", Limits())
    except (BadRequest, TooLarge):
        assert not (folder / "into").exists()


# VmHWM starts anew with the process; ru_maxrss would begin at that of pytest.
_MEMORY = """
import re, sys
from pathlib import Path
from jupyter_wove.kit.archives import Limits, extract
from jupyter_wove.kit.errors import TooLarge
peak = lambda: int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
before = peak()
try:
    extract(Path(sys.argv[1]), Path(sys.argv[2]), Limits(ratio=10**9))
except TooLarge:
    pass
print(peak() - before)
"""


@pytest.mark.parametrize("build", [bomb_xz, bomb_note], ids=["xz", "note"])
def test_unpacking_needs_less_than_64_megabytes(tmp_path, build):
    build(tmp_path / "x")
    root = Path(__file__).parents[3]
    ran = subprocess.run(
        [sys.executable, "-c", _MEMORY, tmp_path / "x", tmp_path / "into"],
        cwd=root, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert 0 < int(ran.stdout) < 64 * 1024
