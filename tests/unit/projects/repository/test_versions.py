import os
import subprocess
import time

import pytest

from jupyter_wove.kit.errors import Conflict, InvalidRequest
from jupyter_wove.projects.repository import Author

LARGE = b"\0large" * 1_000_000


def test_a_version_is_a_commit_on_main_with_a_tag_and_git_has_nothing_to_report(folder, ada):
    folder.write("a.txt", "one\n")
    folder.write("run.sh").chmod(0o755)
    version = folder.open().save_version(ada, "First")
    assert folder.git("rev-parse", "main", "wove/1").split() == [version, version]
    assert folder.git("status", "--porcelain") == ""
    assert folder.git("log", "-1", "--format=%an <%ae> %s") == "Ada <ada@example.org> First"
    assert folder.sound()


def test_versions_follow_each_other(folder, ada):
    versions = []
    for number in range(3):
        folder.write("a.txt", f"{number}\n")
        versions.append(folder.open().save_version(ada, f"{number}"))
    assert folder.git("log", "--format=%H", "main").split() == versions[::-1]
    assert folder.git("tag").split() == ["wove/1", "wove/2", "wove/3"]
    assert folder.git("status", "--porcelain") == ""


def test_a_large_file_is_clean_for_a_git_without_lfs(folder, ada):
    file = folder.write("model.bin", LARGE)
    folder.write("a.txt")
    folder.open().save_version(ada, "with a large file")
    assert folder.git("status", "--porcelain") == ""
    file.touch()
    assert folder.git("status", "--porcelain") == ""
    folder.git("add", "-A")
    assert folder.git("diff", "--cached", "--name-only") == ""
    assert "oid sha256:" in folder.git("show", "main:model.bin")
    assert file.read_bytes() == LARGE


def test_a_large_file_that_shrinks_is_an_ordinary_file_again(folder, ada):
    folder.write("model.bin", LARGE)
    folder.open().save_version(ada, "large")
    folder.write("model.bin", "small\n")
    version = folder.open().save_version(ada, "small")
    assert folder.git("show", f"{version}:model.bin") == "small"
    assert folder.git("status", "--porcelain") == ""


def test_git_still_sees_what_changes_after_a_version(folder, ada):
    folder.write("a.txt", "one\n")
    folder.open().save_version(ada, "one")
    folder.write("a.txt", "two\n")
    folder.write("b.txt")
    assert folder.git("status", "--porcelain").split("\n") == ["M a.txt", "?? b.txt"]


def test_a_version_can_be_saved_though_nothing_changed(folder, ada):
    folder.write("a.txt")
    first, second = (folder.open().save_version(ada, "same") for _ in range(2))
    assert first != second


def test_a_version_can_have_a_name(folder, ada):
    folder.write("a.txt")
    version = folder.open().save_version(ada, "named", tag="submitted")
    assert folder.git("rev-parse", "submitted") == version
    assert folder.open().read("submitted", "a.txt") == b"text\n"


def test_a_name_is_used_once(folder, ada):
    folder.open().save_version(ada, "named", tag="submitted")
    with pytest.raises(Conflict, match="already"):
        folder.open().save_version(ada, "again", tag="submitted")


@pytest.mark.parametrize(
    "tag", ["", "a b", "../x", "a..b", "x.lock", "a\0", "--all", "a~1", "\ud800"]
)
def test_a_name_that_git_forbids_is_refused(folder, ada, tag):
    with pytest.raises(InvalidRequest, match="name of a version"):
        folder.open().save_version(ada, "named", tag=tag)


def test_odd_names_and_messages_of_authors_are_kept_as_far_as_git_can(folder):
    folder.open().save_version(Author("<Ada>\n", ""), "nul\0 and \ud800 half")
    commit = folder.open().history()[0]
    assert (commit.author_name, commit.author_email) == ("Ada", "unknown")
    assert commit.message == "nul and ? half"
    assert folder.sound()


def own(folder):
    return folder.git("for-each-ref", "refs/heads", "refs/tags"), folder.git("write-tree")


def test_in_an_adopted_repository_branches_tags_and_index_stay(adopted, ada):
    adopted.git("tag", "mine")
    adopted.write("b.txt")
    adopted.git("add", "b.txt")
    before = own(adopted)
    version = adopted.open().save_version(ada, "named")
    assert own(adopted) == before
    assert adopted.git("rev-parse", "refs/wove/versions") == version
    assert adopted.git("rev-parse", f"{version}^") == adopted.git("rev-parse", "main")
    assert adopted.open().history("named")[0].tag == "wove/1"


def test_a_head_that_moved_becomes_a_second_parent(adopted, ada):
    first = adopted.open().save_version(ada, "one")
    second = adopted.open().save_version(ada, "two")
    adopted.write("a.txt", "mine\n")
    adopted.git("commit", "-qam", "my own")
    third = adopted.open().save_version(ada, "three")
    parents = adopted.git("log", "-3", "--first-parent", "--format=%P", third).split("\n")
    head = adopted.git("rev-parse", "main")
    assert parents[0].split() == [second, head]
    assert parents[1].split() == [first]


def user_commits(folder):
    folder.write("mine.txt")
    folder.git("add", "-A")
    folder.git("commit", "-qm", "my own")


def user_stages(folder):
    folder.write("mine.txt")
    folder.git("add", "mine.txt")


@pytest.mark.parametrize("age", [0, 60])
def test_a_lock_of_main_that_a_killed_process_left_stops_no_version(folder, ada, age):
    repository = folder.open()
    lock = folder.write(".git/refs/heads/main.lock", "")
    os.utime(lock, (time.time() - age,) * 2)
    folder.write("a.txt")
    saved = repository.save_version(ada, "one")
    assert [each.id for each in repository.history("named")] == [saved]
    lock.unlink(missing_ok=True)
    folder.write("b.txt")
    assert repository.save_version(ada, "two") == folder.git("rev-parse", "main")
    assert folder.git("status", "--porcelain") == ""
    assert folder.sound()


def user_switches(folder):
    folder.git("checkout", "-q", "-b", "other")


def user_detaches(folder):
    folder.git("checkout", "-q", "--detach")


def user_goes_back(folder):
    folder.git("reset", "-q", "--soft", "HEAD~1")


def user_locks_the_index(folder):
    folder.write(".git/index.lock", "")


def user_stages_an_intent(folder):
    folder.write("mine.txt")
    folder.git("add", "-N", "mine.txt")


@pytest.mark.parametrize(
    "act",
    [
        user_commits,
        user_stages,
        user_switches,
        user_detaches,
        user_goes_back,
        user_locks_the_index,
        user_stages_an_intent,
    ],
)
def test_where_the_user_has_used_git_the_version_leaves_it_alone(folder, ada, act):
    repository = folder.open()
    for number in range(2):
        folder.write("a.txt", f"{number}\n")
        repository.save_version(ada, f"{number}")
    act(folder)
    index = (folder.path / ".git" / "index").read_bytes()
    heads = folder.git("for-each-ref", "refs/heads"), folder.git("rev-parse", "HEAD")
    folder.write("a.txt", "new\n")
    version = repository.save_version(ada, "beside")
    assert (folder.git("for-each-ref", "refs/heads"), folder.git("rev-parse", "HEAD")) == heads
    assert (folder.path / ".git" / "index").read_bytes() == index
    assert repository.read(version, "a.txt") == b"new\n"
    assert [commit.tag for commit in repository.history("named") if commit.tag] == [
        "wove/3",
        "wove/2",
        "wove/1",
    ]
    assert folder.sound()


def test_once_the_user_is_done_versions_go_to_main_again(folder, ada):
    repository = folder.open()
    folder.write("a.txt")
    repository.save_version(ada, "one")
    folder.git("checkout", "-q", "-b", "other")
    repository.save_version(ada, "beside")
    folder.git("checkout", "-q", "main")
    version = repository.save_version(ada, "on main")
    assert folder.git("rev-parse", "main") == version
    assert folder.git("status", "--porcelain") == ""


def test_a_clone_of_a_wove_project_has_its_versions(folder, ada, tmp_path):
    folder.write("a.txt", "one\n")
    folder.open().save_version(ada, "one")
    subprocess.run(["git", "clone", "-q", folder.path, tmp_path / "clone"], check=True)
    assert (tmp_path / "clone" / "a.txt").read_text() == "one\n"


def test_many_files_with_long_names_keep_git_content(folder, ada):
    for number in range(40):
        folder.write(f"{'d' * (number + 1)}/{'ü' * number}{number}.txt", f"{number}\n")
    folder.open().save_version(ada, "names of every length")
    assert folder.git("status", "--porcelain") == ""
    assert len(folder.git("ls-files", "-z").split("\0")) == 41
