"""Projects of Ann's on a server, and a reader of pages."""

import functools

import msgspec
import nbformat
import pytest

from jupyter_wove.accounts import Accounts
from jupyter_wove.accounts.models import NewKey
from jupyter_wove.community import Community
from jupyter_wove.projects import Projects, Publications, Versions
from jupyter_wove.projects.models import NewProject, ProjectChange
from jupyter_wove.projects.publication.models import Publication
from jupyter_wove.projects.versions.models import NewVersion


@pytest.fixture
def wove(jp_serverapp):
    return jp_serverapp.web_app.settings["wove_serving"].wove


@pytest.fixture
def ann(wove):
    return wove.directory.identity("test", "ann", "Ann")


@pytest.fixture
def do(wove):
    """Use a service, as the API does."""

    def done(actor, method, *arguments):
        service = {cls.__name__: cls for cls in (Accounts, Community, Projects, Versions)}
        service["Publications"] = Publications
        with wove.call(actor, writes=True) as call:
            owner = service[method.__qualname__.split(".")[0]]
            return method(call.of(owner), actor, *arguments)

    return done


@pytest.fixture
def folder_of(jp_root_dir):
    return lambda project: jp_root_dir / project.folder


@pytest.fixture
def draft(do, ann):
    return do(ann, Projects.create, NewProject("Waves", description="On a string & beyond"))


@pytest.fixture
def public(do, ann, draft, folder_of):
    """A public project with a notebook, a text and a picture."""
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell("# Standing\n\n$x < y$ and ![](dot.png)"),
            nbformat.v4.new_code_cell("print('a < b')"),
        ]
    )
    folder = folder_of(draft)
    (folder / "waves.ipynb").write_text(nbformat.writes(notebook))
    (folder / "broken.ipynb").write_text("{")
    (folder / "data.bin").write_bytes(b"\0\1\2")
    (folder / "dot.png").write_bytes(b"\x89PNG")
    (folder / "code.py").write_text("x = '<b>'\n")
    (folder / "README.md").write_text("# Waves\n\n<script>alert(1)</script>**bold**")
    change = msgspec.convert({"tags": ["physics"], "level": "beginner"}, ProjectChange)
    do(ann, Projects.change, draft.id, change, "*")
    do(ann, Versions.save, draft.id, NewVersion("Add files", "first"))
    return do(ann, Publications.publish, draft.id, Publication())


@pytest.fixture
def key_of(do, wove):
    """Make a key of somebody's, once."""

    @functools.cache
    def key(name):
        actor = wove.directory.identity("test", name, name.title())
        return do(actor, Accounts.create_key, NewKey("test", list(actor.scopes))).secret

    return key


@pytest.fixture
def look(ask, key_of):
    """Read a page as somebody; the local owner of the server unless named."""

    async def looked(path, name=None, **options):
        headers = options.pop("headers", {})
        if name:
            headers["Authorization"] = f"Bearer {key_of(name)}"
        path, _, query = path.partition("?")
        params = dict(pair.split("=") for pair in query.split("&")) if query else None
        return await ask("GET", f"wove/{path}", params=params, headers=headers, **options)

    return looked
