import hashlib
import os

import pytest

from jupyter_wove.kit.errors import BadRequest, NotFound, Unavailable
from jupyter_wove.projects.repository import FileChange

LARGE = b"\0large" * 1_000_000


def pointer(content):
    digest = hashlib.sha256(content).hexdigest()
    return (
        f"version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize {len(content)}\n"
    )


def test_history_is_in_the_order_of_time_with_both_kinds(folder, ada):
    repository = folder.open()
    ids = []
    for number in range(3):
        folder.write("a.txt", f"{number}\n")
        ids += [repository.snapshot(ada, "auto"), repository.save_version(ada, "named")]
    every = repository.history()
    assert {commit.id for commit in every} == set(ids)
    assert sorted((commit.at for commit in every), reverse=True) == [one.at for one in every]
    assert [commit.id for commit in repository.history("named")] == ids[::-2]
    assert [commit.automatic for commit in repository.history("named")] == [False] * 3


def test_history_comes_in_pages(folder, ada):
    repository = folder.open()
    for number in range(7):
        folder.write("a.txt", f"{number}\n")
        repository.snapshot(ada, f"{number}")
    first = repository.history(limit=3)
    second = repository.history(after=first[-1].id, limit=3)
    third = repository.history(after=second[-1].id, limit=3)
    messages = [commit.message for commit in (*first, *second, *third)]
    assert messages == ["6", "5", "4", "3", "2", "1", "0"]
    with pytest.raises(NotFound, match="no longer"):
        repository.history(after="0" * 40)


def test_an_empty_project_has_an_empty_history(folder):
    assert folder.open().history() == []


def test_each_snapshot_names_the_one_before(folder, ada):
    repository = folder.open()
    folder.write("a.txt", "one\n")
    first = repository.snapshot(ada, "auto")
    folder.write("a.txt", "two\n")
    repository.snapshot(ada, "auto")
    assert [commit.parents for commit in repository.history()] == [[first], []]


def test_entries_tell_kind_and_size(folder, ada):
    folder.write("a.ipynb", "{}")
    folder.write("a.txt", "text\n")
    folder.write("a.png", b"\x89PNG\0\0")
    folder.write("model.bin", LARGE)
    folder.write("table.csv", b"1,2,3\n" * 1_000_000)
    entries = folder.open().entries(folder.open().save_version(ada, "one"))
    assert {(entry.path, entry.kind, entry.size) for entry in entries} == {
        ("a.ipynb", "notebook", 2),
        ("a.png", "binary", 6),
        ("a.txt", "text", 5),
        ("model.bin", "binary", 6_000_000),
        ("table.csv", "text", 6_000_000),
    }


def test_a_large_file_is_kept_once_outside_of_git(folder, ada, blobs):
    folder.write("model.bin", LARGE)
    folder.write("copy.bin", LARGE)
    version = folder.open().save_version(ada, "one")
    assert folder.open().read(version, "model.bin") == LARGE
    with folder.open().open(version, "copy.bin") as file:
        assert file.read(7) == LARGE[:7]
    assert blobs.holds(hashlib.sha256(LARGE).hexdigest())
    objects = (folder.path / ".git" / "objects").rglob("*")
    assert sum(path.stat().st_size for path in objects if path.is_file()) < 10_000


def test_a_large_notebook_stays_in_git_to_be_compared(folder, ada, blobs):
    folder.write("a.ipynb", b" " * 5_000_000)
    version = folder.open().save_version(ada, "one")
    assert folder.open().read(version, "a.ipynb") == b" " * 5_000_000
    assert not blobs.holds(hashlib.sha256(b" " * 5_000_000).hexdigest())


def test_a_damaged_large_file_is_never_taken_for_whole(folder, ada, blobs):
    folder.write("model.bin", LARGE)
    version = folder.open().save_version(ada, "one")
    blobs.path(hashlib.sha256(LARGE).hexdigest()).write_bytes(LARGE[:-1] + b"!")
    with pytest.raises(Unavailable, match="damaged"):
        folder.open().read(version, "model.bin")


def test_a_typed_pointer_does_not_open_the_content_of_another_project(folder, other_folder, ada):
    other_folder.write("secret.bin", LARGE)
    other_folder.open().save_version(ada, "secret")
    folder.write("guess.bin", pointer(LARGE))
    repository = folder.open()
    version = repository.save_version(ada, "guess")
    assert repository.read(version, "guess.bin") == pointer(LARGE).encode()
    assert repository.entries(version)[0].size == len(pointer(LARGE))
    assert not repository.owns_blob(hashlib.sha256(LARGE).hexdigest())
    assert other_folder.open().owns_blob(hashlib.sha256(LARGE).hexdigest())


def test_a_forged_note_does_not_open_it_either(folder, other_folder, ada):
    other_folder.write("secret.bin", LARGE)
    other_folder.open().save_version(ada, "secret")
    digest = hashlib.sha256(LARGE).hexdigest()
    folder.write("guess.bin", pointer(LARGE))
    repository = folder.open()
    for seal in ("", " ", " " + "0" * 64, " " + hashlib.sha256(digest.encode()).hexdigest()):
        folder.write(".git/wove/blobs", f"{digest}{seal}\n")
        version = repository.save_version(ada, "guess")
        assert repository.read(version, "guess.bin") == pointer(LARGE).encode()


def test_a_torn_note_of_a_crash_does_not_spoil_the_next(folder, ada):
    repository = folder.open()
    folder.write(".git/wove/blobs", "0123 torn")
    folder.write("model.bin", LARGE)
    version = repository.save_version(ada, "one")
    assert repository.read(version, "model.bin") == LARGE


@pytest.mark.parametrize(
    "version", ["", "HEAD", "main", "wove/9", "0" * 40, "HEAD~1", ":/one", "@{-1}", "a..b", "\0"]
)
def test_what_is_no_version_is_not_found(folder, ada, version):
    folder.write("a.txt")
    folder.open().save_version(ada, "one")
    with pytest.raises(NotFound, match="no such version"):
        folder.open().entries(version)


def test_an_object_that_is_no_version_is_not_found(folder, ada):
    folder.write("a.txt")
    folder.open().save_version(ada, "one")
    for name in ("main^{tree}", "main:a.txt"):
        with pytest.raises(NotFound):
            folder.open().entries(folder.git("rev-parse", name))


@pytest.mark.parametrize("path", ["b.txt", "sub", "a.txt/x", "link"])
def test_what_is_no_file_is_not_found(folder, ada, path):
    folder.write("a.txt")
    folder.write("sub/x.txt")
    version = folder.open().save_version(ada, "one")
    with pytest.raises(NotFound, match="no file"):
        folder.open().read(version, path)


@pytest.mark.parametrize(
    "path",
    ["/etc/passwd", "../a", "a/../b", "", ".", "a//b", ".git/config", "a\\b", "a\0", "x" * 256],
)
def test_a_path_that_leads_elsewhere_is_refused(folder, ada, path):
    version = folder.open().save_version(ada, "one")
    with pytest.raises(BadRequest, match="not the path"):
        folder.open().read(version, path)


def test_changes_are_told_per_file(folder, ada):
    repository = folder.open()
    for name in ("changed", "removed", "same"):
        folder.write(f"{name}.txt", f"{name} one\n")
    folder.write("old/name.py", "".join(f"line {n}\n" for n in range(30)))
    base = repository.save_version(ada, "one")
    folder.write("changed.txt", "changed two\n")
    folder.write("added.txt", "quite new\n")
    (folder.path / "removed.txt").unlink()
    moved = folder.path / "old" / "name.py"
    moved.rename(folder.path / "new.py")
    folder.write("new.py", "".join(f"line {n}\n" for n in range(31)))
    head = repository.save_version(ada, "two")
    expected = [
        FileChange("added.txt", None, "added"),
        FileChange("changed.txt", "changed.txt", "changed"),
        FileChange("new.py", "old/name.py", "renamed"),
        FileChange("removed.txt", "removed.txt", "removed"),
    ]
    assert repository.changes(base, head) == expected
    assert repository.changes(base, "working") == expected
    assert repository.changes(head) == []
    assert [change.status for change in repository.changes(None, base)] == ["added"] * 4


def test_the_folder_can_be_read_before_it_is_a_version(folder):
    folder.write("a.txt", "unsaved\n")
    repository = folder.open()
    assert repository.read("working", "a.txt") == b"unsaved\n"
    assert repository.history() == []


def test_links_and_submodules_of_a_commit_are_no_files(adopted, ada):
    (adopted.path / "link").symlink_to("/etc/passwd")
    adopted.git("add", "link")
    head = adopted.git("rev-parse", "HEAD")
    adopted.git("update-index", "--add", "--cacheinfo", f"160000,{head},module")
    adopted.git("commit", "-qm", "special")
    commit = adopted.git("rev-parse", "HEAD")
    repository = adopted.open()
    assert [entry.path for entry in repository.entries(commit)] == ["a.txt"]
    with pytest.raises(NotFound):
        repository.read(commit, "link")
    assert repository.changes(head, commit) == []


def test_commits_of_the_user_are_part_of_the_history(adopted, ada):
    adopted.open().save_version(ada, "named")
    messages = [commit.message for commit in adopted.open().history("named")]
    assert messages == ["named", "mine"]


def test_a_folder_without_permission_is_named(folder, ada):
    folder.write("a.txt")
    file = folder.write("locked.txt")
    file.chmod(0)
    repository = folder.open()
    paths = folder.paths(repository.snapshot(ada, "auto"))
    if os.geteuid():
        assert paths == ["a.txt"]
        assert repository.left_out()[0].reason == "it cannot be read"
    else:
        assert paths == ["a.txt", "locked.txt"]
