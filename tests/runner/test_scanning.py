"""What a scanner finds is not built, and neither is what it could not look at."""

import zipfile

import pytest
from jupyter_wove_runner.scanning import Scanner

from jupyter_wove.kit.errors import InvalidRequest, Unavailable

MARKER = b"wove marker of a test, harmless to everybody"


@pytest.fixture
def command(tmp_path):
    """ClamAV, with no signature but our own."""
    signatures = tmp_path / "signatures"
    signatures.mkdir()
    (signatures / "own.ndb").write_text(f"Wove.Marker:0:*:{MARKER.hex()}\n")
    return ["clamscan", "--recursive", "--no-summary", f"--database={signatures}"]


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "index.ipynb").write_text("{}")
    return folder


async def test_what_is_clean_may_be_built(command, project):
    await Scanner(command, 60).scan(project)


async def test_malware_is_named_with_its_file(command, project):
    (project / "notes.txt").write_bytes(b"x" * 100 + MARKER)
    with pytest.raises(InvalidRequest, match=r"notes\.txt looks like malware, Wove\.Marker"):
        await Scanner(command, 60).scan(project)


async def test_malware_in_an_archive_is_found(command, project):
    with zipfile.ZipFile(project / "data.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner/notes.txt", b"x" * 100 + MARKER)
    with pytest.raises(InvalidRequest, match=r"data\.zip looks like malware"):
        await Scanner(command, 60).scan(project)


async def test_without_its_signatures_nothing_is_built(command, project, tmp_path):
    (tmp_path / "signatures/own.ndb").unlink()
    with pytest.raises(Unavailable, match="so nothing is built"):
        await Scanner(command, 60).scan(project)


async def test_without_its_program_nothing_is_built(project):
    with pytest.raises(Unavailable, match="can't be started"):
        await Scanner(["no-such-scanner"], 60).scan(project)


async def test_a_scan_that_takes_too_long_is_no_scan(project):
    with pytest.raises(Unavailable, match="too long"):
        await Scanner(["sh", "-c", "sleep 60"], 0.3).scan(project)


async def test_where_no_scanner_is_set_none_is_asked(project):
    await Scanner([], 60).scan(project)
