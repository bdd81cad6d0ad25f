"""A server that is killed at any instant loses nothing that it has acknowledged.

WOVE_KILLS says how often it is killed, WOVE_SEED when; the seed of a run is printed.
"""

import os
import random
import secrets
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.reliability import truth
from tests.reliability.journal import Journal
from tests.reliability.people import Person
from tests.reliability.server import Server
from tests.services import postgresql

KILLS = {"sqlite": 30, "postgresql": 6}
LONGEST_LIFE = 1.5  # seconds of work before a kill


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request, tmp_path):
    """A server on either database."""
    if request.param == "sqlite":
        server = Server(tmp_path / "server", "Ann", "Bob")
        yield server
        server.kill()
        return
    with postgresql() as database:
        server = Server(tmp_path / "server", "Ann", "Bob", database_url=database.create("killed"))
        yield server
        server.kill()


def test_nothing_that_was_acknowledged_is_lost_when_the_server_is_killed(server, record_property):
    kind = "sqlite" if server.database_url.startswith("sqlite") else "postgresql"
    kills = int(os.environ.get("WOVE_KILLS", KILLS[kind]))
    seed = os.environ.get("WOVE_SEED", secrets.token_hex(4))
    began = time.monotonic()
    journal = Journal()
    wrong = _survive(server, journal, kills, seed)
    done = ", ".join(f"{many} {what}" for what, many in sorted(journal.counts.items()))
    record_property(
        "told", f"{kind}: seed {seed}, {kills} kills, {time.monotonic() - began:.0f} s: {done}"
    )
    assert not journal.defects, "\n".join(journal.defects)
    assert not wrong, "\n".join(wrong)


def _survive(server: Server, journal: Journal, kills: int, seed: str) -> list[str]:
    chance, wrong = random.Random(seed), []
    for life in range(kills):
        server.start()
        wrong += truth.Truth(server).registers_hold(journal)
        people = [
            Person(server, journal, name, other, f"{seed}n{life}")
            for name, other in [("Ann", "Bob"), ("Bob", "Ann")]
        ]
        with ThreadPoolExecutor(len(people)) as threads:
            work = [threads.submit(person.work) for person in people]
            time.sleep(chance.uniform(0.02, LONGEST_LIFE))
            server.kill()
            for each in work:
                each.result()
    return wrong + _look_at_everything(server, journal)


def _look_at_everything(server: Server, journal: Journal) -> list[str]:
    server.start()
    seen = truth.Truth(server)
    wrong = truth.wrong_jobs(seen, journal)
    wrong += seen.every_register_holds(journal)
    wrong += truth.wrong_projects(seen, journal)
    wrong += truth.wrong_versions(seen, journal)
    wrong += truth.wrong_folders(server)
    wrong += truth.wrong_index(server)
    wrong += truth.not_found(seen)
    server.kill()
    wrong += truth.left_half_made(server)
    wrong += truth.wrong_repositories(server.root)
    wrong += truth.wrong_sqlite(server.data)
    return wrong
