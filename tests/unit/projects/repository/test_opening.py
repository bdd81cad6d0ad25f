import os
import stat

import pytest

from jupyter_wove.kit.errors import Conflict
from jupyter_wove.projects.repository import Repository


def test_a_plain_folder_becomes_a_repository_with_the_branch_main(folder):
    assert folder.open().made_here
    assert folder.git("symbolic-ref", "HEAD") == "refs/heads/main"
    assert sorted(path.name for path in folder.path.iterdir()) == [".git"]


def test_opening_twice_is_the_same_repository(folder, ada):
    folder.write("a.txt")
    version = folder.open().save_version(ada, "one")
    assert folder.open().history()[0].id == version


def test_an_existing_repository_is_adopted(adopted):
    assert not adopted.open().made_here


def test_a_folder_inside_another_repository_gets_its_own(adopted, ada):
    inner = adopted.path / "inner"
    inner.mkdir()
    adopted.write("inner/b.txt")
    repository = Repository.open_or_adopt(inner, adopted.blobs)
    version = repository.save_version(ada, "inner")
    assert [entry.path for entry in repository.entries(version)] == ["b.txt"]


def test_git_data_that_lies_elsewhere_is_refused(folder, other_folder):
    other_folder.open()
    (folder.path / ".git").symlink_to(other_folder.path / ".git")
    with pytest.raises(Conflict, match="lies elsewhere"):
        folder.open()


def test_a_git_file_that_points_elsewhere_is_refused(folder, other_folder):
    other_folder.open()
    folder.write(".git", f"gitdir: {other_folder.path}/.git\n")
    with pytest.raises(Conflict, match="lies elsewhere"):
        folder.open()


@pytest.mark.parametrize("part", ["objects", "refs", "config", "HEAD"])
def test_git_data_with_links_to_elsewhere_is_refused(folder, other_folder, part):
    for one in (folder, other_folder):
        one.git("init", "-q")
    ours = folder.path / ".git" / part
    ours.rename(ours.with_name("aside"))
    ours.symlink_to(other_folder.path / ".git" / part)
    with pytest.raises(Conflict, match="links"):
        folder.open()


def test_objects_borrowed_from_another_repository_are_refused(folder, other_folder):
    other_folder.git("init", "-q")
    folder.git("init", "-q")
    borrowed = other_folder.path / ".git" / "objects"
    folder.write(".git/objects/info/alternates", f"{borrowed}\n")
    with pytest.raises(Conflict, match="borrows"):
        folder.open()


def test_a_bare_repository_is_refused(folder):
    folder.git("init", "-q", "--bare", ".")
    with pytest.raises(Conflict, match="bare"):
        folder.open()


def test_a_configuration_that_names_another_folder_is_refused(folder, other_folder):
    folder.git("init", "-q")
    folder.git("config", "core.worktree", str(other_folder.path))
    with pytest.raises(Conflict, match=r"core\.worktree"):
        folder.open()


def test_a_linked_worktree_is_refused(adopted, tmp_path):
    adopted.git("worktree", "add", "-q", str(tmp_path / "linked"))
    with pytest.raises(Conflict, match="lies elsewhere"):
        Repository.open_or_adopt(tmp_path / "linked", adopted.blobs)


@pytest.mark.parametrize("option", ["--object-format=sha256", "--ref-format=reftable"])
def test_formats_that_libgit2_cannot_read_are_refused(folder, option):
    folder.git("init", "-q")
    name = option.split("=")[0].removeprefix("--").replace("-", "")
    folder.git("config", "core.repositoryformatversion", "1")
    folder.git("config", f"extensions.{name}", option.split("=")[1])
    with pytest.raises(Conflict, match="format"):
        folder.open()


def test_a_damaged_repository_is_refused(folder):
    folder.write(".git/HEAD", "nonsense")
    with pytest.raises(Conflict, match="damaged"):
        folder.open()


def test_a_missing_folder_is_refused(folder):
    folder.path.rmdir()
    with pytest.raises(Conflict, match="does not exist"):
        folder.open()


def test_nothing_in_a_hostile_repository_is_run(adopted, ada, tmp_path):
    trap = tmp_path / "sprung"
    script = adopted.write("trap.sh", f"#!/bin/sh\necho x >> {trap}\ncat\n")
    script.chmod(0o755)
    for name in ("pre-commit", "post-commit", "post-index-change", "reference-transaction"):
        hook = adopted.write(f".git/hooks/{name}", f"#!/bin/sh\necho x >> {trap}\n")
        hook.chmod(hook.stat().st_mode | stat.S_IXUSR)
    adopted.write(".gitattributes", "* filter=trap diff=trap merge=trap\n")
    config = adopted.path / ".git" / "config"
    config.write_text(
        config.read_text()
        + f"[core]\n\tfsmonitor = {script}\n\thooksPath = {adopted.path}/.git/hooks\n"
        + f"\tpager = {script}\n\teditor = {script}\n\tsshCommand = {script}\n"
        + f'[filter "trap"]\n\tclean = {script}\n\tsmudge = {script}\n\tprocess = {script}\n'
        + f'\trequired = true\n[diff "trap"]\n\ttextconv = {script}\n\tcommand = {script}\n'
        + f'[merge "trap"]\n\tdriver = {script}\n[gc]\n\trecentObjectsHook = {script}\n'
    )
    repository = adopted.open()
    adopted.write("a.txt", "two\n")
    repository.snapshot(ada, "auto")
    version = repository.save_version(ada, "named")
    adopted.write("a.txt", "three\n")
    repository.changes(version)
    repository.entries(version)
    repository.restore(version, None, ada, "back")
    repository.materialise(version, tmp_path / "copy", lambda path: True)
    assert repository.read(version, "a.txt") == b"two\n"
    assert not trap.exists()
    assert os.access(script, os.X_OK)
