"""What leads from a page to elsewhere: Binder, and all files as a zip."""

import io
import zipfile

import pygit2
import pytest

from jupyter_wove.projects import Projects, Publications, Versions
from jupyter_wove.projects.models import NewProject
from jupyter_wove.projects.publication.models import Publication
from jupyter_wove.projects.versions.models import NewVersion
from tests.http.pages.html import Html


@pytest.fixture
def push(folder_of):
    """Note in a project's git data that a commit was pushed to `origin`."""

    def pushed(project, url, commit):
        git = pygit2.Repository(folder_of(project))
        git.remotes.create("origin", url)
        git.references.create("refs/remotes/origin/main", pygit2.Oid(hex=commit))

    return pushed


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("https://ada:secret@github.com/ada/waves.git", "gh/ada/waves"),
        ("git@gitlab.com:group/sub/waves.git", "gl/group%2Fsub%2Fwaves"),
        ("https://codeberg.org/ada/waves", "git/https%3A%2F%2Fcodeberg.org%2Fada%2Fwaves"),
        ("https://github.com/ada", "git/https%3A%2F%2Fgithub.com%2Fada"),
    ],
)
async def test_what_was_pushed_opens_in_binder(look, public, push, url, source):
    push(public, url, public.published_version)
    page = await look("@ann/waves", "bob")
    address = f"https://mybinder.org/v2/{source}/{public.published_version}"
    assert address in Html(page).links
    assert "secret" not in page.body.decode()


async def test_what_was_not_pushed_says_what_to_do(look, do, ann, public, push, folder_of):
    push(public, "https://github.com/ada/waves", public.published_version)
    (folder_of(public) / "code.py").write_text("y = 'later'\n")
    do(ann, Publications.publish, public.id, Publication())
    for name, said in (("ann", "push what you publish to GitHub"), ("bob", "remix it instead")):
        page = Html(await look("@ann/waves", name))
        assert said in page.text
        assert not any("mybinder" in link for link in page.links)


async def test_a_hub_of_ones_own_opens_it_and_no_hub_is_not_spoken_of(
    look, public, push, jp_serverapp
):
    settings = jp_serverapp.web_app.settings["wove_serving"].settings
    push(public, "https://github.com/ada/waves", public.published_version)
    settings.binder_url = "https://binder.example.org/"
    address = f"https://binder.example.org/v2/gh/ada/waves/{public.published_version}"
    assert address in Html(await look("@ann/waves")).links
    settings.binder_url = ""
    assert "Binder" not in Html(await look("@ann/waves")).text


def _address(project, version=""):
    return f"api/projects/{project.id}/archive" + (f"?version={version}" if version else "")


async def test_a_version_is_downloaded_as_a_zip(look, public, folder_of):
    page = Html(await look("@ann/waves", "bob"))
    assert any(link.endswith(_address(public)) for link in page.links)
    answer = await look(_address(public), "bob")
    assert answer.headers["Content-Type"] == "application/zip"
    name = f"waves-{public.published_version[:7]}.zip"
    assert answer.headers["Content-Disposition"] == f"attachment; filename*=UTF-8''{name}"
    archive = zipfile.ZipFile(io.BytesIO(answer.body))
    assert archive.testzip() is None
    folder = folder_of(public)
    files = [path for path in folder.iterdir() if path.is_file()]
    assert {f"waves/{path.name}": path.read_bytes() for path in files} == {
        name: archive.read(name) for name in archive.namelist()
    }


async def test_a_zip_that_is_known_is_not_sent_again(look, public):
    etag = (await look(_address(public), "bob")).headers["ETag"]
    assert (await look(_address(public), "bob", headers={"If-None-Match": etag})).code == 304


async def test_only_what_may_be_read_is_downloaded(look, do, ann, public, folder_of):
    (folder_of(public) / "code.py").write_text("y = 'later'\n")
    later = do(ann, Versions.save, public.id, NewVersion("Later", None)).id
    assert (await look(_address(public, later), "ann")).code == 200
    assert (await look(_address(public, later), "bob")).code == 404
    zipped = zipfile.ZipFile(io.BytesIO((await look(_address(public), "bob")).body))
    assert b"later" not in zipped.read("waves/code.py")
    do(ann, Publications.unpublish, public.id)
    assert (await look(_address(public), "bob")).code == 404
    assert (await look(_address(public, "0" * 40), "ann")).code == 404


async def test_large_files_are_in_the_zip_and_too_large_ones_refuse_it(
    look, do, ann, public, folder_of
):
    large = b"\0large" * 1_000_000
    (folder_of(public) / "large.bin").write_bytes(large)
    do(ann, Versions.save, public.id, NewVersion("Large", None))
    zipped = zipfile.ZipFile(io.BytesIO((await look(_address(public), "ann")).body))
    assert zipped.read("waves/large.bin") == large
    with (folder_of(public) / "large.bin").open("wb") as file:
        file.truncate(256 * 1024 * 1024 + 1)
    do(ann, Versions.save, public.id, NewVersion("Too large", None))
    answer = await look(_address(public), "ann")
    assert answer.code == 413
    assert b"'large.bin' is larger than 256 MB" in answer.body


async def test_names_that_are_unsafe_on_some_disk_stay_out_of_the_zip(look, do, ann, folder_of):
    project = do(ann, Projects.create, NewProject("Odd names"))
    git = pygit2.Repository(folder_of(project))
    tree = git.TreeBuilder()
    blob = git.create_blob(b"text")
    for name in ("plain.txt", "ünï 😀.txt", "a\\..\\b.txt", "line\nbreak"):
        tree.insert(name, blob, pygit2.enums.FileMode.BLOB)
    tree.insert("link", git.create_blob(b"/etc/passwd"), pygit2.enums.FileMode.LINK)
    somebody = pygit2.Signature("Ann", "ann@example.org", 0, 0)  # 1970 is too early for a zip
    commit = str(git.create_commit(None, somebody, somebody, "Odd", tree.write(), []))
    answer = await look(_address(project, commit), "ann")
    archive = zipfile.ZipFile(io.BytesIO(answer.body))
    assert set(archive.namelist()) == {"odd-names/plain.txt", "odd-names/ünï 😀.txt"}
    assert {info.external_attr >> 16 for info in archive.infolist()} == {0o100644}
