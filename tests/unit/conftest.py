"""Databases for every test that asks: each once on SQLite, once on PostgreSQL."""

import shutil
import subprocess
import sys
import textwrap
from uuid import uuid4

import pytest

from jupyter_wove.app import Wove
from jupyter_wove.kit.database import Database
from jupyter_wove.kit.events import Listeners
from jupyter_wove.kit.outbox import Outbox
from jupyter_wove.kit.units import Units
from tests.services import TEMPLATE, migrated, postgresql


@pytest.fixture(scope="session")
def postgresql_server():
    """A PostgreSQL server of the tests' own, ended with them."""
    with postgresql() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory):
    """A migrated SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("template") / "wove.db"
    migrated(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def dialect(request):
    """The kind of database this test runs on."""
    return request.param


@pytest.fixture
def empty_database_url(request, dialect, tmp_path):
    """Where a database without any table is."""
    if dialect == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.db"
        return
    server, name = request.getfixturevalue("postgresql_server"), f"t_{uuid4().hex}"
    yield server.create(name)
    server.drop(name)


@pytest.fixture
def database_url(request, dialect, tmp_path):
    """Where a fresh database with every table is."""
    if dialect == "sqlite":
        shutil.copyfile(request.getfixturevalue("sqlite_template"), tmp_path / "wove.db")
        yield f"sqlite:///{tmp_path}/wove.db"
        return
    server, name = request.getfixturevalue(f"{dialect}_server"), f"t_{uuid4().hex}"
    yield server.create(name, TEMPLATE)
    server.drop(name)


@pytest.fixture
def database(database_url):
    """A fresh database with every table."""
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def listeners():
    """Nobody listens, until the test says so."""
    return Listeners()


@pytest.fixture
def outbox(database):
    """The outbox of the database, which delivers when the test says so."""
    outbox = Outbox(database)
    yield outbox
    outbox.stop()


@pytest.fixture
def units(database, listeners, outbox):
    """Units of work on the database."""
    return Units(database, listeners, outbox.wake)


@pytest.fixture
def wove(database_url, tmp_path):
    """All of Wove on a fresh database; nothing runs by itself until the test starts it."""
    wove = Wove(database_url, tmp_path / "data", tmp_path / "root", "Grace Hopper")
    yield wove
    wove.close()


@pytest.fixture
def ann(wove):
    """Somebody who is signed in."""
    return wove.directory.identity("test", "ann", "Ann")


@pytest.fixture
def bob(wove):
    """Somebody else."""
    return wove.directory.identity("test", "bob", "Bob")


@pytest.fixture
def run_python():
    """Run some lines of Python in a process of their own; return what they print."""

    def run(code, *arguments):
        command = [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)]
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run
