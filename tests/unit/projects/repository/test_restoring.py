import json
import os

import pytest

from jupyter_wove.kit.errors import Conflict, NotFound, Unavailable

LARGE = b"\0large" * 1_000_000


def tree(path):
    return {
        str(file.relative_to(path)): file.read_bytes()
        for file in path.rglob("*")
        if file.is_file() and ".git" not in file.parts
    }


def test_a_version_comes_back_whole_as_a_new_version(folder, ada):
    repository = folder.open()
    folder.write("a.txt", "one\n")
    folder.write("sub/model.bin", LARGE)
    folder.write("run.sh").chmod(0o755)
    first = repository.save_version(ada, "one")
    before = tree(folder.path)
    folder.write("a.txt", "two\n")
    folder.write("new/added.txt")
    (folder.path / "sub" / "model.bin").unlink()
    (folder.path / "run.sh").unlink()
    back = repository.restore(first, None, ada, "Back to one")
    assert tree(folder.path) == before
    assert os.access(folder.path / "run.sh", os.X_OK)
    assert not (folder.path / "new").exists()
    assert repository.changes(first, back) == []
    assert [one.message for one in repository.history("named")] == ["Back to one", "one"]
    assert folder.git("status", "--porcelain") == ""


def test_nothing_is_lost_by_a_restore(folder, ada):
    repository = folder.open()
    folder.write("a.txt", "one\n")
    first = repository.save_version(ada, "one")
    folder.write("a.txt", "unsaved\n")
    repository.restore(first, None, ada, "back")
    (snapshot,) = [one for one in repository.history() if one.automatic]
    assert repository.read(snapshot.id, "a.txt") == b"unsaved\n"


def test_one_file_comes_back_and_the_others_stay(folder, ada):
    repository = folder.open()
    folder.write("a.txt", "one\n")
    folder.write("b.txt", "one\n")
    first = repository.save_version(ada, "one")
    folder.write("a.txt", "two\n")
    folder.write("b.txt", "two\n")
    repository.restore(first, "a.txt", ada, "back")
    assert tree(folder.path) == {"a.txt": b"one\n", "b.txt": b"two\n"}


def test_ignored_files_are_left_alone(folder, ada):
    repository = folder.open()
    folder.write("a.txt", "one\n")
    first = repository.save_version(ada, "one")
    folder.write(".gitignore", "*.log\n")
    folder.write("my.log", "mine\n")
    repository.restore(first, None, ada, "back")
    assert tree(folder.path) == {"a.txt": b"one\n", "my.log": b"mine\n"}


def test_an_ignored_file_is_not_written_over(folder, ada):
    repository = folder.open()
    folder.write("settings.env", "one\n")
    first = repository.snapshot(ada, "one")
    folder.write(".gitignore", "*.env\n")
    folder.write("settings.env", "secret\n")
    with pytest.raises(Conflict, match="ignored"):
        repository.restore(first, None, ada, "back")
    assert (folder.path / "settings.env").read_text() == "secret\n"


def test_a_link_is_never_written_through(folder, ada, tmp_path):
    repository = folder.open()
    folder.write("sub/a.txt", "one\n")
    folder.write("b.txt", "one\n")
    first = repository.save_version(ada, "one")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.txt").write_text("outside\n")
    (folder.path / "sub" / "a.txt").unlink()
    (folder.path / "sub").rmdir()
    (folder.path / "sub").symlink_to(outside)
    for path in (None, "sub/a.txt"):
        with pytest.raises(Conflict, match="link"):
            repository.restore(first, path, ada, "back")
    (folder.path / "b.txt").unlink()
    (folder.path / "b.txt").symlink_to(outside / "a.txt")
    with pytest.raises(Conflict, match="link"):
        repository.restore(first, "b.txt", ada, "back")
    assert (outside / "a.txt").read_text() == "outside\n"


def test_a_folder_in_the_place_of_a_file_gives_way_if_all_of_it_is_kept(folder, ada):
    repository = folder.open()
    folder.write("a", "file\n")
    first = repository.save_version(ada, "one")
    (folder.path / "a").unlink()
    folder.write("a/b/c", "inside\n")
    second = repository.save_version(ada, "two")
    repository.restore(first, None, ada, "back")
    assert tree(folder.path) == {"a": b"file\n"}
    repository.restore(second, None, ada, "forth")
    assert tree(folder.path) == {"a/b/c": b"inside\n"}
    with pytest.raises(Conflict, match="alone"):
        repository.restore(first, "a", ada, "back")


def test_a_folder_with_ignored_files_does_not_give_way(folder, ada):
    repository = folder.open()
    folder.write("a", "file\n")
    first = repository.save_version(ada, "one")
    (folder.path / "a").unlink()
    folder.write("a/my.log", "mine\n")
    folder.write(".gitignore", "*.log\n")
    with pytest.raises(Conflict, match="in no version"):
        repository.restore(first, None, ada, "back")
    assert (folder.path / "a" / "my.log").read_text() == "mine\n"


def test_a_file_that_the_version_does_not_have_is_not_found(folder, ada):
    first = folder.open().save_version(ada, "empty")
    with pytest.raises(NotFound, match="no file"):
        folder.open().restore(first, "a.txt", ada, "back")


def test_a_damaged_large_file_does_not_replace_what_is_there(folder, ada, blobs):
    repository = folder.open()
    folder.write("model.bin", LARGE)
    first = repository.save_version(ada, "one")
    (stored,) = list(blobs.folder.glob("??/*"))
    stored.write_bytes(b"!" + LARGE[1:])
    folder.write("model.bin", "small\n")
    with pytest.raises(Unavailable, match="damaged"):
        repository.restore(first, None, ada, "back")
    assert tree(folder.path) == {"model.bin": b"small\n"}


def notebook(**metadata):
    cell = {"cell_type": "code", "metadata": {"trusted": True, "tags": ["x"]}, "source": "1"}
    return json.dumps({"cells": [cell], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def test_a_copy_has_the_files_by_content_and_nothing_that_acts(adopted, ada, tmp_path):
    for name in (
        ".gitmodules",
        ".jupyter/custom/custom.js",
        "sub/.ipython/profile_default/startup/x.py",
        "keep/a.csv",
        "secret.env",
    ):
        adopted.write(name)
    adopted.write("model.bin", LARGE)
    adopted.write("trusted.ipynb", notebook(trusted=True, kernelspec={"name": "python3"}))
    (adopted.path / "link").symlink_to("/etc/passwd")
    adopted.git("add", "-A", ".", ":!model.bin")
    adopted.git("commit", "-qm", "all")
    repository = adopted.open()
    commit = repository.save_version(ada, "named")
    copy = tmp_path / "copy"
    left_out = repository.materialise(commit, copy, lambda path: not path.endswith(".env"))
    assert set(tree(copy)) == {"a.txt", "keep/a.csv", "model.bin", "trusted.ipynb"}
    assert (copy / "model.bin").read_bytes() == LARGE
    copied = json.loads((copy / "trusted.ipynb").read_bytes())
    assert copied["metadata"] == {"kernelspec": {"name": "python3"}}
    assert copied["cells"][0]["metadata"] == {"tags": ["x"]}
    assert {one.path for one in left_out} >= {".gitmodules", "secret.env"}


def test_a_copy_of_a_users_commit_leaves_links_and_submodules_out(adopted, tmp_path):
    (adopted.path / "link").symlink_to("/etc/passwd")
    adopted.git("add", "link")
    head = adopted.git("rev-parse", "HEAD")
    adopted.git("update-index", "--add", "--cacheinfo", f"160000,{head},module")
    adopted.git("commit", "-qm", "special")
    left_out = adopted.open().materialise(
        adopted.git("rev-parse", "HEAD"), tmp_path / "copy", lambda path: True
    )
    assert tree(tmp_path / "copy") == {"a.txt": b"one\n"}
    assert {one.path: one.reason for one in left_out} == {
        "link": "it is a link",
        "module": "it is a submodule",
    }


def test_a_copy_of_a_forged_tree_cannot_write_into_git_or_outside(adopted, tmp_path):
    blob = adopted.git("rev-parse", "HEAD:a.txt")
    forged = "".join(
        f"100644 blob {blob}\t{name}\n" for name in ("GIT~1", ".Git", "a\\b", "fine.txt")
    )
    inner = adopted.git("mktree", stdin=forged)
    commit = adopted.git("commit-tree", "-m", "forged", inner)
    adopted.open().materialise(commit, tmp_path / "copy", lambda path: True)
    assert set(tree(tmp_path / "copy")) == {"fine.txt"}


@pytest.mark.parametrize(
    "content", [b"no json", b"\xff\xfe", b"[]", b'{"cells": 3}', b'{"metadata": []}', b""]
)
def test_a_file_that_is_no_notebook_is_copied_as_it_is(folder, ada, tmp_path, content):
    folder.write("a.ipynb", content)
    version = folder.open().save_version(ada, "one")
    assert folder.open().materialise(version, tmp_path / "copy", lambda path: True) == []
    assert (tmp_path / "copy" / "a.ipynb").read_bytes() == content


def test_trust_that_is_spelled_with_escapes_goes_too(folder, ada, tmp_path):
    folder.write("a.ipynb", '{"cells": [], "metadata": {"\\u0074rusted": true}, "nbformat": 4}')
    version = folder.open().save_version(ada, "one")
    folder.open().materialise(version, tmp_path / "copy", lambda path: True)
    assert json.loads((tmp_path / "copy" / "a.ipynb").read_bytes())["metadata"] == {}


def test_a_notebook_that_cannot_be_checked_is_left_out(folder, ada, tmp_path):
    folder.write("a.ipynb", '{"metadata": {"trusted": true}, "x": ' + "[" * 500 + "]" * 500 + "}")
    version = folder.open().save_version(ada, "one")
    (left_out,) = folder.open().materialise(version, tmp_path / "copy", lambda path: True)
    assert "nested" in left_out.reason
    assert tree(tmp_path / "copy") == {}


def test_a_copy_needs_an_empty_folder(folder, ada, tmp_path):
    version = folder.open().save_version(ada, "one")
    with pytest.raises(Conflict, match="not empty"):
        folder.open().materialise(version, tmp_path, lambda path: True)
