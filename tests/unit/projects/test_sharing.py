"""Publishing, remixing and the family that grows from it."""

import json
from uuid import UUID

import pytest

from jupyter_wove.community import Community
from jupyter_wove.kit.errors import Forbidden, NotFound
from jupyter_wove.projects import Members, Projects, Publications, Versions
from jupyter_wove.projects.members.models import Membership
from jupyter_wove.projects.models import NewProject
from jupyter_wove.projects.publication.models import NewRemix, Publication
from jupyter_wove.projects.versions.models import NewVersion, Restoration
from tests.unit.journey import ask, folder_of, write_notebook


@pytest.fixture
def waves(wove, ann):
    project = ask(wove, ann, Projects.create, NewProject("Waves"))
    write_notebook(folder_of(wove, project), "waves.ipynb", "height = 1")
    return project


@pytest.fixture
def published(wove, ann, waves):
    return ask(wove, ann, Publications.publish, waves.id, Publication())


def remix(wove, actor, project_id, title=None):
    wove.start()
    job = ask(wove, actor, Publications.remix, project_id, NewRemix(title))
    job = wove.jobs.wait(job.id, 30)
    assert job.state == "succeeded", job.problem
    return ask(wove, actor, Projects.get, UUID(job.result["project_id"]))


def read(wove, actor, project_id, path, version=None):
    return b"".join(ask(wove, actor, Versions.file, project_id, path, version).content)


def test_what_was_published_is_in_the_gallery(wove, bob, published):
    assert [card.project.id for card in ask(wove, bob, Community.gallery).items] == [published.id]


def test_others_read_what_was_published_and_nothing_newer(wove, bob, published):
    write_notebook(folder_of(wove, published), "waves.ipynb", "secret = 42")
    wove.upkeep.snapshot_around(f"{published.folder}/waves.ipynb")
    assert b"secret" not in read(wove, bob, published.id, "waves.ipynb")


def test_others_do_not_see_other_versions(wove, ann, bob, published):
    newest = ask(wove, ann, Versions.save, published.id, NewVersion("Next"))
    assert [each.id for each in ask(wove, bob, Versions.history, published.id).items] == [
        published.published_version
    ]
    with pytest.raises(NotFound):
        read(wove, bob, published.id, "waves.ipynb", newest.id)
    with pytest.raises(Forbidden):
        ask(wove, bob, Versions.changes, published.id, newest.id)


def test_an_unlisted_project_is_found_by_its_address_only(wove, ann, bob, published):
    ask(wove, ann, Publications.unlist, published.id)
    assert ask(wove, bob, Community.gallery).items == []
    assert ask(wove, bob, Projects.at_address, "ann", "waves").id == published.id


def test_an_unpublished_project_is_gone_for_others(wove, ann, bob, published):
    ask(wove, ann, Publications.unpublish, published.id)
    with pytest.raises(NotFound):
        ask(wove, bob, Projects.get, published.id)


def test_only_an_owner_publishes(wove, ann, bob, waves):
    ask(wove, ann, Members.put, waves.id, "bob", Membership("editor"))
    with pytest.raises(Forbidden):
        ask(wove, bob, Publications.publish, waves.id, Publication())


def test_a_remix_holds_the_published_files_without_trust(wove, bob, published):
    write_notebook(folder_of(wove, published), "waves.ipynb", "unpublished = 1")
    copy = remix(wove, bob, published.id)
    notebook = json.loads((folder_of(wove, copy) / "waves.ipynb").read_text())
    assert notebook["cells"][0]["source"] in ("height = 1", ["height = 1"])
    assert "trusted" not in notebook["cells"][0]["metadata"]


def test_a_remix_gives_credit(wove, bob, published):
    copy = remix(wove, bob, published.id, "My waves")
    assert (copy.title, copy.origin.project.id) == ("My waves", published.id)
    assert copy.origin.version == published.published_version
    assert ask(wove, bob, Community.card, published.id).remixes == 1


def test_a_remix_is_its_makers_own(wove, ann, bob, published):
    copy = remix(wove, bob, published.id)
    with pytest.raises(NotFound):
        ask(wove, ann, Projects.get, copy.id)


def test_nobody_remixes_what_they_may_not_see(wove, bob, waves):
    with pytest.raises(NotFound):
        ask(wove, bob, Publications.remix, waves.id, NewRemix())


def test_a_lineage_leads_from_the_oldest_ancestor_to_every_remix(wove, ann, bob, published):
    copy = remix(wove, bob, published.id)
    ask(wove, bob, Publications.publish, copy.id, Publication())
    again = remix(wove, ann, copy.id)
    root = ask(wove, ann, Community.lineage, again.id).root
    assert root.project.id == published.id
    assert root.remixes[0].project.id == copy.id
    assert root.remixes[0].remixes[0].here


def test_a_private_or_deleted_relative_keeps_its_place_unnamed(wove, ann, bob, published):
    remix(wove, bob, published.id)
    root = ask(wove, ann, Community.lineage, published.id).root
    assert [node.project for node in root.remixes] == [None]
    copy = ask(wove, bob, Projects.mine).items[0]
    ask(wove, ann, Projects.delete, published.id)
    assert ask(wove, bob, Community.lineage, copy.id).root.project is None


def test_a_star_counts_once(wove, bob, published):
    ask(wove, bob, Community.star, published.id)
    assert ask(wove, bob, Community.star, published.id).stars == 1
    assert ask(wove, bob, Community.unstar, published.id).stars == 0


def test_trending_puts_the_starred_first_and_new_the_newest(wove, ann, bob, published):
    other = ask(wove, ann, Projects.create, NewProject("Tides"))
    ask(wove, ann, Publications.publish, other.id, Publication())
    ask(wove, bob, Community.star, published.id)
    assert _titles(ask(wove, bob, Community.gallery, order="trending")) == ["Waves", "Tides"]
    assert _titles(ask(wove, bob, Community.gallery, order="new")) == ["Tides", "Waves"]


def test_a_profile_counts_what_is_public(wove, ann, bob, published):
    ask(wove, ann, Projects.create, NewProject("Private"))
    ask(wove, bob, Community.star, published.id)
    profile = ask(wove, bob, Community.profile, "ann")
    assert (profile.projects, profile.stars) == (1, 1)
    assert _titles(ask(wove, bob, Community.published_by, "ann")) == ["Waves"]


def test_a_restored_version_is_a_new_one(wove, ann, waves):
    first = ask(wove, ann, Versions.save, waves.id, NewVersion("One"))
    write_notebook(folder_of(wove, waves), "waves.ipynb", "height = 2")
    ask(wove, ann, Versions.save, waves.id, NewVersion("Two"))
    diff = ask(wove, ann, Versions.diff, waves.id, "waves.ipynb", first.id)
    assert [line.text for line in diff.notebook.cells[0].source] == ["height = 1", "height = 2"]
    ask(wove, ann, Versions.restore, waves.id, Restoration(first.id))
    assert b"height = 1" in (folder_of(wove, waves) / "waves.ipynb").read_bytes()
    messages = [each.message for each in ask(wove, ann, Versions.history, waves.id, "named").items]
    assert messages[1:] == ["Two", "One", "Start from the template Empty project"]


def _titles(page):
    return [card.project.title for card in page.items]
