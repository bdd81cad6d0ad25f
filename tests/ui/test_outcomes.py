"""What became of answers, as the owner of a prompt sees it; and the setting to refuse it."""

from types import SimpleNamespace
from uuid import UUID

import pytest
from playwright.sync_api import expect

from jupyter_wove.accounts import Directory
from jupyter_wove.kit.database import Database
from jupyter_wove.kit.events import Listeners
from jupyter_wove.kit.units import Units
from tests.ui.conftest import ANN
from tests.ui.lab import press, run, serious, wear
from tests.ui.servers import serving
from tests.unit.outcomes.records import Answers

PROMPT = "---\nname: mend\ntitle: Mend a cell\n---\nMend it.\n"


@pytest.fixture(scope="module")
def tried(tmp_path_factory):
    """A server where fourteen people got two versions of a prompt."""
    with serving(tmp_path_factory.mktemp("tried") / "lab", ANN) as server:
        card = server.ask("wove/api/prompts", {"file": PROMPT, "visibility": "public"}, name=ANN)
        path = f"wove/api/prompts/{card['id']}"
        server.ask(f"{path}/versions", {"file": PROMPT + "Well.\n", "number": "1.1.0"}, name=ANN)
        variants = [{"version": "1.0.0"}, {"version": "1.1.0", "weight": 2}]
        server.ask(f"{path}/experiments", {"variants": variants}, name=ANN)
        database = Database(f"sqlite:///{server.data / 'wove.db'}")
        _use(Units(database, Listeners(), lambda: None), card["id"])
        database.close()
        yield server


def _use(units, prompt_id):
    wove = SimpleNamespace(units=units, directory=Directory(units, ANN))
    answers = Answers(wove, SimpleNamespace(id=UUID(prompt_id)))
    for at in range(14):
        who = answers.person(f"user{at}")
        for number in ("1.0.0", "1.1.0", "production"):
            answer = answers.begin(who, number)
            verdict = answers.reject if (at + int(number == "1.0.0")) % 3 == 0 else answers.accept
            verdict(answer)
            answers.run(well=at % 4 != 0)


@pytest.fixture
def page(tried, open_tab):
    page = open_tab(tried, ANN, "lab?reset")
    page.locator("#jupyterlab-splash").wait_for(state="detached")
    return page


def test_outcomes_are_shown_by_version_with_plots(page):
    run(page, "Outcomes of a Prompt")
    page.get_by_role("dialog").get_by_role("textbox").fill("ann/mend")
    page.get_by_role("button", name="Ok").click()
    shown = page.locator(".wove-Outcomes")
    expect(shown.get_by_text("What became of the answers of Mend a cell")).to_be_visible()
    expect(shown.get_by_role("rowheader", name="1.1.0").first).to_be_visible()
    expect(shown.locator("figure canvas, figure svg").first).to_be_visible()
    assert shown.locator("figure").count() == 4
    for theme, size in (("light", (1400, 900)), ("dark", (900, 600))):
        wear(page, theme, size)
        assert serious(page, ".wove-Outcomes") == []
    press(shown.get_by_role("button", name="Promote 1.1.0"))
    expect(shown.get_by_text("production · promoted")).to_be_visible()
    press(shown.get_by_role("button", name="Roll back"))
    expect(shown.get_by_text("production · rolled back")).to_be_visible()


def test_who_does_not_want_to_be_recorded_says_so_in_the_account(page, tried):
    run(page, "Your Account and API Keys")
    box = page.get_by_role("checkbox", name="Record whether I accept")
    expect(box).to_be_checked()
    box.click()
    expect(box).not_to_be_checked()
    said = tried.ask("wove/api/ai/outcomes", name=ANN)
    assert said["is_recorded"] is False
