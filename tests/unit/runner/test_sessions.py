"""An app whose visitors have programs of their own takes as many as it has memory for."""

import pytest
from jupyter_wove_runner.apps.sessions import Sessions
from jupyter_wove_runner.proxy import Busy, Wish

from jupyter_wove.runner import Plan

MEGABYTE = 1024 * 1024


def wish(path="/", page=False, socket=False):
    return Wish(page, socket, "", path)


@pytest.fixture
def sessions():
    made = Sessions(Plan(kind="voila", entry="waves.ipynb", memory_mb=512))
    made.measured(100 * MEGABYTE, 0)
    return made


def admitted(sessions, wish, sockets=0, most=20):
    """Ask again and again; count how often one is let in."""
    for number in range(most):
        try:
            sessions.admit(wish, sockets)
        except Busy:
            return number
    return most


@pytest.mark.parametrize(
    "who",
    [wish(page=True), wish(), wish("/voila/render/waves.ipynb")],
    ids=["page", "bare", "render"],
)
def test_who_begins_a_program_counts_whatever_they_say_they_are(sessions, who):
    assert admitted(sessions, who) == sessions.most() == 5


@pytest.mark.parametrize("path", ["/voila/static/main.js", "/api/kernels/1", "/static/x"])
def test_what_belongs_to_a_page_counts_nothing(sessions, path):
    assert admitted(sessions, wish(path)) == 20


def test_who_connects_is_the_one_who_was_expected(sessions):
    for sockets in range(5):
        sessions.admit(wish(page=True), sockets)
        sessions.admit(wish("/api/kernels/1/channels", socket=True), sockets)
    with pytest.raises(Busy):
        sessions.admit(wish(page=True), 5)


def test_programs_of_those_who_have_gone_take_memory_until_they_end(sessions, monkeypatch):
    monkeypatch.setattr("jupyter_wove_runner.apps.sessions.COMING", 0)
    admitted(sessions, wish(), most=5)
    sessions.measured(470 * MEGABYTE, 0)
    with pytest.raises(Busy):
        sessions.admit(wish(), 0)
    sessions.measured(110 * MEGABYTE, 0)
    sessions.admit(wish(), 0)


def test_an_app_that_keeps_its_memory_takes_somebody_again_in_the_end(sessions, monkeypatch):
    monkeypatch.setattr("jupyter_wove_runner.apps.sessions.COMING", 0)
    sessions.admit(wish(), 0)
    sessions.measured(470 * MEGABYTE, 0)
    with pytest.raises(Busy):
        sessions.admit(wish(), 0)
    monkeypatch.setattr("jupyter_wove_runner.apps.sessions.ENDED", 0)
    sessions.admit(wish(), 0)


def test_an_app_that_is_large_by_itself_takes_one_all_the_same():
    large = Sessions(Plan(kind="voila", entry="waves.ipynb", memory_mb=512))
    large.measured(480 * MEGABYTE, 0)
    large.admit(wish(page=True), 0)


def test_apps_whose_visitors_share_one_program_take_everybody():
    shared = Sessions(Plan(kind="asgi", entry="app.py", memory_mb=192))
    assert admitted(shared, wish(page=True), sockets=50) == 20
