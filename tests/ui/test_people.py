"""What people say of themselves and of their projects, and how others find it, in JupyterLab."""

import pytest
from playwright.sync_api import expect

from tests.ui.conftest import ANN, BOB, unused
from tests.ui.lab import dialog, explore, press, run, serious


@pytest.fixture
def tag():
    """A tag that nobody else has used."""
    return unused("tag").replace(" ", "-")


@pytest.fixture
def tagged(shared_lab, tag):
    """A public project of Ann's that has the tag."""
    made = shared_lab.ask(
        "wove/api/projects", {"title": unused("Tagged"), "description": "Much."}, name=ANN
    )
    address = f"wove/api/projects/{made['id']}"
    shared_lab.ask(address, {"tags": [tag]}, name=ANN, method="PATCH", headers={"If-Match": "*"})
    return shared_lab.ask(f"{address}/publish", {}, name=ANN)


def cards(page):
    return page.locator("#jupyter-wove-explore .wove-Card")


def test_a_profile_is_saved_and_read_by_others(shared_lab, lab_of, tagged, keep_picture):
    bio = unused("I measure rivers")
    ann = lab_of(ANN)
    run(ann, "Your Account and API Keys")
    about = ann.get_by_label("About you")
    save = ann.get_by_role("button", name="Save", exact=True)
    expect(save).to_be_disabled()
    about.fill(bio)
    save.click()
    expect(ann.get_by_text("Your profile was saved.")).to_be_visible()
    keep_picture(ann, "saved")
    assert shared_lab.ask("wove/api/me", name=ANN)["bio"] == bio

    bob = lab_of(BOB)
    explore(bob)
    bob.get_by_role("button", name="New", exact=True).click()
    card = cards(bob).filter(has_text=tagged["title"])
    card.get_by_role("button", name=ANN, exact=True).click()
    profile = bob.get_by_role("article", name=ANN)
    expect(profile).to_contain_text(bio)
    expect(profile.get_by_role("button", name=tagged["title"])).to_be_visible()
    keep_picture(bob, "profile")
    assert serious(bob, ".wove-Sheet") == []


def test_a_tag_narrows_the_gallery_by_its_label_and_while_it_is_typed(
    lab_of, tagged, tag, keep_picture
):
    page = lab_of(BOB)
    explore(page)
    page.get_by_role("button", name="New", exact=True).click()
    cards(page).get_by_role("button", name=f"#{tag}").click()
    field = page.get_by_label("Only with the tag")
    expect(field).to_have_value(tag)
    expect(cards(page)).to_have_count(1)
    field.fill(tag[:-1])
    expect(page.get_by_text("No such project")).to_be_visible()
    keep_picture(page, "no-such-tag")
    expect(field).to_be_focused()
    page.keyboard.type(tag[-1])
    expect(cards(page)).to_contain_text(tagged["title"])
    keep_picture(page, "tagged")


def test_a_member_leaves(shared_lab, sign_in, keep_picture):
    made = shared_lab.ask("wove/api/projects", {"title": unused("Ours")}, name=ANN)
    shared_lab.ask("wove/api/me", name=BOB)
    members = f"wove/api/projects/{made['id']}/members"
    shared_lab.ask(f"{members}/bob", {"role": "editor"}, name=ANN, method="PUT")
    page = sign_in(BOB, "lab/workspaces/of-bob?reset&wove")
    press(page.locator(".wove-Project-open", has_text=made["title"]))
    here = page.get_by_role("region", name="This project")
    press(here.get_by_text("2 members"))
    keep_picture(page, "members")
    here.get_by_role("button", name="Leave…").click()
    expect(dialog(page).get_by_role("button", name="Cancel")).to_be_focused()
    keep_picture(page, "leaving")
    dialog(page).get_by_role("button", name="Leave").click()
    expect(page.locator(".wove-Project-open", has_text=made["title"])).to_have_count(0)
    keep_picture(page, "left")
    kept = shared_lab.ask(members, name=ANN)
    assert [each["person"]["name"] for each in kept] == [ANN]
