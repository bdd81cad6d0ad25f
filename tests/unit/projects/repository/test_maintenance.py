import os
import stat


def many_versions(folder, ada):
    repository = folder.open()
    for number in range(200):
        folder.write(f"{number}.txt", f"{number}\n")
    ids = []
    for number in range(3):
        folder.write("a.txt", f"{number}\n")
        ids.append(repository.snapshot(ada, f"{number}"))
    return repository, ids


def loose(folder):
    return len(list((folder.path / ".git" / "objects").glob("[0-9a-f][0-9a-f]/*")))


def test_many_versions_are_packed_and_all_of_them_stay(folder, ada):
    repository, ids = many_versions(folder, ada)
    assert repository.maintain()
    assert loose(folder) == 0
    assert [commit.id for commit in repository.history(limit=100)] == ids[::-1]
    assert all(repository.read(snapshot, "a.txt") for snapshot in ids)
    assert folder.sound()


def test_few_objects_are_left_alone(folder, ada):
    folder.write("a.txt")
    repository = folder.open()
    repository.snapshot(ada, "auto")
    assert not repository.maintain()


def test_without_git_nothing_is_done(folder, ada, monkeypatch):
    repository, ids = many_versions(folder, ada)
    monkeypatch.setenv("PATH", "")
    assert not repository.maintain()
    assert repository.read(ids[0], "a.txt")


def test_packing_obeys_nothing_in_the_project(folder, ada, tmp_path):
    repository, _ = many_versions(folder, ada)
    trap = tmp_path / "sprung"
    script = folder.write(".git/trap.sh", f"#!/bin/sh\necho x >> {trap}\n")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    config = folder.path / ".git" / "config"
    config.write_text(
        f"{config.read_text()}[gc]\n\trecentObjectsHook = {script}\n"
        f"[core]\n\tfsmonitor = {script}\n\talternateRefsCommand = {script}\n"
        f"[uploadpack]\n\tpackObjectsHook = {script}\n"
    )
    assert repository.maintain()
    assert not trap.exists()
    assert os.access(script, os.X_OK)


def test_objects_that_nothing_refers_to_are_kept_too(folder, ada):
    repository, _ = many_versions(folder, ada)
    dangling = folder.git("hash-object", "-w", "--stdin", stdin="the user's own\n")
    assert repository.maintain()
    assert folder.git("cat-file", "-p", dangling) == "the user's own"
