import pytest

from jupyter_wove.projects.repository.remotes import public_address

SAME = "https://github.com/ada/waves"


@pytest.mark.parametrize(
    ("url", "address"),
    [
        (SAME, SAME),
        (f"{SAME}/", SAME),
        (f"{SAME}.git", f"{SAME}.git"),
        ("https://ada:ghp_secret@github.com/ada/waves", SAME),
        ("https://token@GitHub.com/ada/waves", SAME),
        ("git@github.com:ada/waves.git", f"{SAME}.git"),
        ("ssh://git@github.com/ada/waves", SAME),
        ("ssh://git@ssh.github.com:443/ada/waves", SAME),
        ("ssh://git@altssh.gitlab.com:443/a/b", "https://gitlab.com/a/b"),
        ("git@gitlab.com:group/sub/waves.git", "https://gitlab.com/group/sub/waves.git"),
        ("https://git.example.org:8443/x/~ada/waves", "https://git.example.org:8443/x/~ada/waves"),
    ],
)
def test_an_address_is_https_and_without_credentials(url, address):
    assert public_address(url) == address


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/home/ada/waves",
        "../waves",
        "file:///home/ada/waves",
        "http://github.com/ada/waves",
        "git://github.com/ada/waves",
        "ada@example.org:waves",
        "ssh://ada@example.org/waves",
        "git@github.com",
        "git@github.com:../../etc",
        "ext::sh -c id",
        "https://localhost/ada/waves",
        "https://127.0.0.1/ada/waves",
        "https://[::1]/ada/waves",
        "https://[::1/ada/waves",
        "https://github.com:port/ada/waves",
        "https://github.com",
        "https://github.com/ada/waves?token=secret",
        "https://github.com/ada/waves#x",
        "https://github.com/ada/../waves",
        'https://github.com/ada/"><script>',
        "https://github.com/ada/wa ves\n",
        "https://.com/ada",
        "javascript:alert(1)//github.com/ada/waves",
    ],
)
def test_what_nobody_else_can_reach_has_no_address(url):
    assert public_address(url) is None


@pytest.fixture
def cloned(adopted):
    """A repository whose `main` was pushed to GitHub."""
    adopted.git("remote", "add", "origin", "https://ada:secret@github.com/ada/waves.git")
    adopted.git("update-ref", "refs/remotes/origin/main", "HEAD")
    return adopted


def test_what_was_pushed_is_found_where_it_is(cloned):
    head = cloned.git("rev-parse", "HEAD")
    found = cloned.open().pushed(head)
    assert (found.address, found.commit) == ("https://github.com/ada/waves.git", head)


def test_an_ancestor_of_what_was_pushed_is_found(cloned):
    first = cloned.git("rev-parse", "HEAD")
    cloned.write("a.txt", "two\n")
    cloned.git("commit", "-q", "-a", "-m", "more")
    assert cloned.open().pushed(cloned.git("rev-parse", "HEAD")) is None
    cloned.git("update-ref", "refs/remotes/origin/topic", "HEAD")
    assert cloned.open().pushed(first).commit == first


def test_a_version_with_the_same_files_is_found(cloned, ada):
    version = cloned.open().save_version(ada, "as it is")
    head = cloned.git("rev-parse", "HEAD")
    assert version != head
    assert cloned.open().pushed(version).commit == head


def test_a_version_with_other_files_is_not(cloned, ada):
    cloned.write("a.txt", "two\n")
    assert cloned.open().pushed(cloned.open().save_version(ada, "changed")) is None


def test_a_version_whose_large_files_lie_in_the_store_is_not(cloned, ada):
    cloned.write("large.bin", b"\0large" * 1_000_000)
    version = cloned.open().save_version(ada, "large")
    cloned.git("update-ref", "refs/remotes/origin/wove", version)
    assert cloned.open().pushed(version) is None


def test_another_remote_and_one_that_is_gone_do_not_count(cloned):
    head = cloned.git("rev-parse", "HEAD")
    cloned.git("update-ref", "refs/remotes/fork/main", "HEAD")
    cloned.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/gone")
    assert cloned.open().pushed(head).commit == head
    cloned.git("update-ref", "-d", "refs/remotes/origin/main")
    assert cloned.open().pushed(head) is None
    cloned.git("remote", "remove", "origin")
    assert cloned.open().pushed(head) is None
