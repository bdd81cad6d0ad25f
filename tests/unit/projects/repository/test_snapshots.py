import os
import subprocess
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jupyter_wove.kit.errors import Conflict


def footprint(folder):
    """Everything that is the user's own in `.git`, byte by byte."""
    git = folder.path / ".git"
    return {
        str(path.relative_to(git)): path.read_bytes()
        for path in git.rglob("*")
        if path.is_file() and not {"wove", "objects"} & set(path.relative_to(git).parts)
    }


def test_a_snapshot_holds_the_folder_as_it_is(folder, ada):
    folder.write("a.txt", "one\n")
    folder.write("deep/er/b.txt", b"\0\1")
    snapshot = folder.open().snapshot(ada, "auto")
    assert folder.paths(snapshot) == ["a.txt", "deep/er/b.txt"]
    assert folder.open().read(snapshot, "deep/er/b.txt") == b"\0\1"
    assert folder.sound()


def test_nothing_new_makes_no_snapshot(folder, ada):
    folder.write("a.txt")
    assert folder.open().snapshot(ada, "auto")
    assert folder.open().snapshot(ada, "auto") is None


def test_an_empty_folder_makes_no_snapshot(folder, ada):
    assert folder.open().snapshot(ada, "auto") is None


def test_a_change_of_the_same_size_in_the_same_instant_is_seen(folder, ada):
    file = folder.write("a.txt", "one\n")
    folder.open().snapshot(ada, "auto")
    before = file.stat()
    file.write_text("two\n")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert folder.open().read(folder.open().snapshot(ada, "auto"), "a.txt") == b"two\n"


def test_a_file_that_becomes_a_folder_and_back_is_followed(folder, ada):
    repository = folder.open()
    file = folder.write("a", "file\n")
    first = repository.snapshot(ada, "auto")
    file.unlink()
    folder.write("a/b", "inside\n")
    second = repository.snapshot(ada, "auto")
    (folder.path / "a" / "b").unlink()
    (folder.path / "a").rmdir()
    folder.write("a", "again\n")
    third = repository.snapshot(ada, "auto")
    assert [folder.paths(one) for one in (first, second, third)] == [["a"], ["a/b"], ["a"]]


def test_ignored_files_and_those_of_jupyter_stay_out(folder, ada):
    folder.write(".gitignore", "*.log\nbuild/\n")
    for name in ("a.log", "build/x", ".ipynb_checkpoints/a.ipynb", ".jupyter/personas/x.py"):
        folder.write(name)
    folder.write(".jupyter_ystore.db")
    folder.write("sub/.wove-x.tmp")
    folder.write("sub/.jupyter_ystore.db-wal")
    folder.write("sub/.ipynb_checkpoints/b")
    folder.write("keep.txt")
    assert folder.paths(folder.open().snapshot(ada, "auto")) == [".gitignore", "keep.txt"]


def test_an_ignored_file_that_the_user_committed_is_part_of_a_snapshot(adopted, ada):
    adopted.write("out/kept.log")
    adopted.write(".gitignore", "out/\n")
    adopted.git("add", "-f", "out/kept.log")
    assert "out/kept.log" in adopted.paths(adopted.open().snapshot(ada, "auto"))


def test_only_regular_files_are_taken_and_the_rest_is_named(folder, ada, tmp_path):
    (tmp_path / "secret").write_text("secret")
    (folder.path / "link").symlink_to(tmp_path / "secret")
    (folder.path / "folder-link").symlink_to(tmp_path)
    os.mkfifo(folder.path / "pipe")
    folder.write("a.txt")
    folder.write("nested/.git/HEAD", "ref: refs/heads/main\n")
    folder.write("nested/code.py")
    assert folder.paths(folder.open().snapshot(ada, "auto")) == ["a.txt"]
    left_out = {one.path: one.reason for one in folder.open().left_out()}
    assert left_out.keys() == {"link", "folder-link", "pipe", "nested"}
    assert left_out["link"] == "it is a link"


@pytest.mark.parametrize(
    "name", [".GIT/config", "git~1", ".g\u200cit/x", ".git ", ".git::$INDEX", "a\\b", "new\nline"]
)
def test_names_that_git_would_refuse_are_skipped(folder, ada, name):
    repository = folder.open()
    folder.write(name)
    folder.write("a.txt")
    assert folder.paths(repository.snapshot(ada, "auto")) == ["a.txt"]
    assert len(repository.left_out()) == 1
    assert folder.sound()


def test_names_that_are_not_utf_8_are_skipped(folder, ada):
    repository = folder.open()
    Path(os.fsdecode(os.fsencode(folder.path) + b"/caf\xe9.txt")).write_text("x")
    folder.write("a.txt")
    assert folder.paths(repository.snapshot(ada, "auto")) == ["a.txt"]
    assert repository.left_out()[0].path == "caf\ufffd.txt"


def test_an_executable_file_stays_one(folder, ada):
    folder.write("run.sh").chmod(0o755)
    snapshot = folder.open().snapshot(ada, "auto")
    assert folder.git("ls-tree", snapshot).startswith("100755")


def test_what_the_user_has_in_git_is_untouched(adopted, ada):
    adopted.write("a.txt", "staged\n")
    adopted.git("add", "-A")
    adopted.write("a.txt", "stashed\n")
    adopted.git("stash")
    adopted.write("b.txt", "staged\n")
    adopted.git("add", "b.txt")
    adopted.git("checkout", "-q", "--detach")
    before, status = footprint(adopted), adopted.git("status", "--porcelain=v2", "--branch")
    repository = adopted.open()
    for number in range(20):
        adopted.write("c.txt", f"{number}\n")
        repository.snapshot(ada, "auto")
    (adopted.path / "c.txt").unlink()
    after = footprint(adopted)
    assert {name: after[name] for name in after if not name.startswith("refs/wove")} == before
    assert adopted.git("status", "--porcelain=v2", "--branch") == status


def test_a_snapshot_in_the_middle_of_a_conflicting_merge_changes_nothing(adopted, ada):
    adopted.git("checkout", "-q", "-b", "other")
    adopted.write("a.txt", "theirs\n")
    adopted.git("commit", "-qam", "theirs")
    adopted.git("checkout", "-q", "main")
    adopted.write("a.txt", "ours\n")
    adopted.git("commit", "-qam", "ours")
    subprocess.run(
        ["git", "merge", "-q", "other"], check=False, cwd=adopted.path, capture_output=True
    )
    before = footprint(adopted)
    assert "MERGE_HEAD" in before
    snapshot = adopted.open().snapshot(ada, "auto")
    adopted.open().save_version(ada, "named")
    after = footprint(adopted)
    assert {name: after[name] for name in after if not name.startswith("refs/wove")} == before
    assert b"<<<<<<<" in adopted.open().read(snapshot, "a.txt")


def test_objects_that_the_user_threw_away_are_stored_again(folder, ada):
    repository = folder.open()
    folder.write("a.txt", "one\n")
    repository.snapshot(ada, "auto")
    folder.git("update-ref", "-d", "refs/wove/auto")
    folder.git("gc", "-q", "--prune=now")
    folder.write("b.txt", "two\n")
    snapshot = repository.snapshot(ada, "auto")
    assert repository.read(snapshot, "a.txt") == b"one\n"
    assert folder.sound()


def test_many_threads_and_repositories_take_turns(folder, ada):
    folder.write("a.txt")
    made = []

    def work(number):
        repository = folder.open()
        for turn in range(5):
            folder.write(f"{number}.txt", f"{turn}\n")
            made.append(repository.snapshot(ada, f"{number}"))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = {commit.id for commit in folder.open().history(limit=100)}
    assert kept == {snapshot for snapshot in made if snapshot}
    assert folder.sound()


def test_a_lock_left_by_a_killed_git_process_is_removed(folder, ada):
    repository = folder.open()
    lock = folder.write(".git/refs/wove/auto.lock", "")
    os.utime(lock, (0, 0))
    folder.write("a.txt")
    assert repository.snapshot(ada, "auto")


def test_a_lock_of_a_git_process_at_work_asks_to_try_again(folder, ada):
    repository = folder.open()
    lock = folder.write(".git/refs/wove/auto.lock", "")
    folder.write("a.txt")
    with pytest.raises(Conflict, match="try again in a moment"):
        repository.snapshot(ada, "auto")
    lock.unlink()
    assert repository.snapshot(ada, "auto")


def test_old_snapshots_are_thinned_and_ids_stay(folder, ada):
    repository = folder.open()
    ids = []
    for number in range(6):
        folder.write("a.txt", f"{number}\n")
        ids.append(repository.snapshot(ada, f"{number}"))
    in_two_hours = datetime.now(UTC).replace(minute=30) + timedelta(hours=2)
    gone = repository.thin(in_two_hours, keep={ids[1]})
    kept = [commit.id for commit in repository.history()]
    assert ids[5] == kept[0]
    assert ids[1] in kept
    assert gone == 6 - len(kept)
    assert len(kept) <= 3
    assert repository.read(ids[1], "a.txt") == b"1\n"
    assert folder.sound()


def test_after_ninety_days_only_the_newest_snapshot_is_left(folder, ada):
    repository = folder.open()
    for number in range(4):
        folder.write("a.txt", f"{number}\n")
        repository.snapshot(ada, f"{number}")
    assert repository.thin(datetime.now(UTC) + timedelta(days=91), keep=set()) == 3
    assert [commit.message for commit in repository.history()] == ["3"]


def test_snapshots_of_the_last_hour_all_stay(folder, ada):
    repository = folder.open()
    for number in range(4):
        folder.write("a.txt", f"{number}\n")
        repository.snapshot(ada, f"{number}")
    assert repository.thin(datetime.now(UTC), keep=set()) == 0
    assert len(repository.history()) == 4


def test_named_versions_are_never_thinned(folder, ada):
    repository = folder.open()
    folder.write("a.txt")
    version = repository.save_version(ada, "named")
    repository.snapshot(ada, "auto")
    repository.thin(datetime.now(UTC) + timedelta(days=1000), keep=set())
    assert version in [commit.id for commit in repository.history("named")]
