"""What a form sends again, because the answer got lost, is done once."""

from playwright.sync_api import expect


def test_a_project_whose_creation_is_sent_again_is_created_once(lab, open_lab):
    page = open_lab("lab/workspaces/retries?reset&wove")
    page.get_by_role("button", name="New project", exact=True).first.click()
    page.get_by_label("Title", exact=True).fill("Asked for twice")
    page.route("**/wove/api/projects", _lose_answer, times=1)
    page.get_by_role("button", name="Create").click()
    expect(page.locator(".wove-Form-problem")).to_contain_text("does not answer")
    page.get_by_role("button", name="Create").click()
    expect(page.locator(".wove-Page-title")).to_have_text("Asked for twice")
    titles = [project["title"] for project in lab.ask("wove/api/projects")["items"]]
    assert titles.count("Asked for twice") == 1


def _lose_answer(route):
    """Let the request reach the server, and nothing come back."""
    route.fetch()
    route.abort()
