"""Who brings news to the search index is killed again and again: none is lost, none told twice.

WOVE_KILLS says how often it is killed, WOVE_SEED when; the seed of a run is printed.
"""

import os
import random
import secrets
import time
from dataclasses import dataclass, field

import pytest

from jupyter_wove.projects import Projects
from jupyter_wove.projects.models import NewProject, ProjectChange
from jupyter_wove.search import Search
from tests.reliability.relay import LEASE, Relays
from tests.unit.journey import ask

KILLS = 25  # on each database
LONGEST_LIFE = 0.25  # seconds that one brings news before it is killed


@dataclass
class Days:
    """What somebody does to projects, each of which has a word of its own at any time."""

    wove: object
    actor: object
    chance: random.Random
    alive: dict = field(default_factory=dict)  # the word of each project
    gone: set = field(default_factory=set)  # words that nothing has any more

    def go_on(self):
        """Do one thing."""
        what = self.chance.choice([self.make, self.change, self.change, self.delete])
        (what if self.alive else self.make)()

    def make(self):
        id_ = ask(self.wove, self.actor, Projects.create, NewProject("Plan")).id
        self._describe(id_)

    def change(self):
        id_ = self.chance.choice(list(self.alive))
        self.gone.add(self.alive[id_])
        self._describe(id_)

    def delete(self):
        id_ = self.chance.choice(list(self.alive))
        ask(self.wove, self.actor, Projects.delete, id_)
        self.gone.add(self.alive.pop(id_))

    def _describe(self, id_):
        word = "w" + "".join(self.chance.choices("bcdfghjkl", k=16))
        now = ask(self.wove, self.actor, Projects.get, id_)
        change = ProjectChange(description=word)
        ask(self.wove, self.actor, Projects.change, id_, change, str(now.revision))
        self.alive[id_] = word


@pytest.fixture
def relays(wove, database_url, tmp_path):
    """Processes that bring news to the index of a Wove."""
    relays = Relays(database_url, str(tmp_path / "data"), str(tmp_path / "root"))
    yield relays
    relays.close()


def found(wove, actor, word):
    page = ask(wove, actor, Search.find, f'"{word}"', "projects")
    return [hit.project.id for hit in page.items]


def test_no_news_is_lost_or_told_twice_when_who_brings_it_is_killed(
    wove, ann, dialect, relays, record_property
):
    kills = int(os.environ.get("WOVE_KILLS", KILLS))
    seed = os.environ.get("WOVE_SEED", secrets.token_hex(4))
    began, chance = time.monotonic(), random.Random(seed)
    days = Days(wove, ann, chance)
    for _ in range(kills):
        relay = relays.start()
        for _ in range(3):
            days.go_on()
        time.sleep(chance.uniform(0, LONGEST_LIFE))
        relays.kill(relay)
    left = sum(wove.outbox.backlog().values())
    record_property(
        "told",
        f"{dialect}: seed {seed}, {kills} kills, {time.monotonic() - began:.0f} s:"
        f" {len(days.alive)} projects, {len(days.gone)} names that went, {left} events left",
    )
    time.sleep(LEASE.total_seconds())
    assert wove.outbox.drain(60) == 0
    assert wove.indexer.check() == set()
    assert {id_: found(wove, ann, word) for id_, word in days.alive.items()} == {
        id_: [id_] for id_ in days.alive
    }
    assert [word for word in days.gone if found(wove, ann, word)] == []
