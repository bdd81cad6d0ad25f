"""Behind a JupyterHub, people sign in there, and find all of Wove at their own address."""

from playwright.sync_api import expect

from tests.ui.lab import dialog, press, run


def test_somebody_signs_in_makes_a_project_and_asks_in_a_chat(hub, open_window):
    page = open_window()
    page.goto(f"{hub.url}/hub/login?next=%2Fhub%2Fuser%2Fann%2Flab")
    page.get_by_label("Username").fill("ann")
    page.get_by_label("Password").fill(hub.password)
    page.get_by_label("Password").press("Enter")
    page.locator(".jp-LauncherCard").first.wait_for(timeout=60_000)  # the servers just started
    page.locator("#jupyterlab-splash").wait_for(state="detached")
    run(page, "New Project")
    dialog(page).get_by_label("Title").fill("Tides")
    press(dialog(page).get_by_role("button", name="Create"))
    expect(page.get_by_role("article", name="Tides")).to_be_visible()
    (hub.folder / "homes/ann/talk.chat").touch()
    page.goto(f"{hub.url}/user/ann/lab/tree/talk.chat?reset")
    expect(page.get_by_text("Saved on the server")).to_be_visible()
    box = page.get_by_placeholder("Type a chat message")
    box.fill("How high is the tide?")
    box.press("Enter")
    expect(page.get_by_text("2.4 m.")).to_be_visible()
    page.goto(f"{hub.url}/user/ann/wove/")
    expect(page.get_by_role("banner")).to_be_visible()
