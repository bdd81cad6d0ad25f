"""The database: all or nothing, one state, plain errors."""

import errno
import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, StatementError

from jupyter_wove.kit.columns import new_id, now
from jupyter_wove.kit.database import Database, plain_errors
from jupyter_wove.kit.errors import StorageFull, Unavailable
from jupyter_wove.kit.outbox import OutboxRow


def row(**values):
    at = values.pop("at", now())
    return OutboxRow(
        consumer="c", kind="k", payload={}, at=at, not_before=at, request_id="", **values
    )


def count(database):
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(OutboxRow))


def test_a_failed_write_leaves_nothing(database):
    with pytest.raises(ZeroDivisionError), database.write() as session:
        session.add(row())
        session.flush()
        raise ZeroDivisionError
    assert count(database) == 0


def test_a_reader_cannot_write(database):
    with database.read() as session:
        session.add(row())
        with pytest.raises(DBAPIError):
            session.flush()
    assert count(database) == 0


def test_a_reader_sees_one_state(database):
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(OutboxRow)) == 0
        with database.write() as other:
            other.add(row())
        assert session.scalar(select(func.count()).select_from(OutboxRow)) == 0
    assert count(database) == 1


def test_a_thread_that_writes_already_is_told_so_instead_of_waiting_for_itself(database):
    with database.write(), pytest.raises(RuntimeError, match="writing already"), database.write():
        pass
    with database.write() as session:
        session.add(row())
    assert count(database) == 1


def test_many_writers_lose_nothing(database):
    def write():
        for _ in range(10):
            with database.write() as session:
                seen = session.scalar(select(func.coalesce(func.max(OutboxRow.attempts), 0)))
                session.add(row(attempts=seen + 1))

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count(database) == 80


def test_a_moment_comes_back_in_utc(database):
    at = datetime(2026, 1, 1, 12, 30, 15, 123456, tzinfo=timezone(timedelta(hours=5)))
    with database.write() as session:
        session.add(row(at=at))
    with database.read() as session:
        back = session.scalars(select(OutboxRow.at)).one()
    assert (back, back.tzinfo) == (at, UTC)


def test_a_moment_without_zone_is_refused(database):
    with pytest.raises(StatementError, match="time zone"), database.write() as session:
        session.add(row(at=datetime(2026, 1, 1)))


def test_ids_are_in_the_order_of_their_making():
    ids = [new_id() for _ in range(10_000)]
    assert ids == sorted(set(ids))


def test_a_file_that_cannot_be_opened_is_told_as_such(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/no/a.db")
    with pytest.raises(Unavailable, match="folder"), database.read() as session:
        session.execute(text("SELECT 1"))


def test_a_lock_that_does_not_come_free_is_told_as_busy(tmp_path):
    first, second = (Database(f"sqlite:///{tmp_path}/a.db") for _ in range(2))
    with first.write() as session, pytest.raises(Unavailable, match="busy"):
        session.execute(text("CREATE TABLE a (b)"))
        with second.write() as other:
            other.execute(text("CREATE TABLE a (b)"))
    first.close()
    second.close()


def test_a_server_that_is_not_there_is_told_as_busy():
    database = Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    with pytest.raises(Unavailable), database.read() as session:
        session.execute(text("SELECT 1"))


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
def test_connections_that_the_server_ended_are_told_as_busy_and_made_anew(database):
    with pytest.raises(Unavailable), database.write() as session:
        session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    assert count(database) == 0


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_file_that_does_not_fit_is_told_as_a_full_disk(number):
    with pytest.raises(StorageFull, match="Free some space"), plain_errors():
        raise OSError(number, os.strerror(number))


def test_another_error_of_a_file_stays_as_it_is():
    with pytest.raises(FileNotFoundError), plain_errors():
        raise FileNotFoundError(errno.ENOENT, "a")


def test_a_database_in_memory_is_refused():
    with pytest.raises(ValueError, match="Name a file"):
        Database("sqlite://")


FILL_A_DISK = """
import sys
from pathlib import Path
from sqlalchemy import func, select, text
from jupyter_wove.kit.database import Database
from jupyter_wove.kit.errors import StorageFull

disk = Path(sys.argv[1])
ballast = disk / "ballast"
ballast.write_bytes(bytes(1_000_000))
database = Database(f"sqlite:///{disk}/a.db")
with database.write() as session:
    session.execute(text("CREATE TABLE a (b BLOB)"))
written = 0
try:
    while True:
        with database.write() as session:
            session.execute(text("INSERT INTO a VALUES (zeroblob(50000))"))
        written += 1
except StorageFull as error:
    print(error)
try:
    with database.write():
        (disk / "file").write_bytes(bytes(10_000_000))
except StorageFull:
    print("files too")
(disk / "file").unlink()
with database.read() as session:
    assert session.scalar(text("SELECT count(*) FROM a")) == written > 0
    assert session.scalar(text("PRAGMA integrity_check")) == "ok"
ballast.unlink()
with database.write() as session:
    session.execute(text("INSERT INTO a VALUES (zeroblob(50000))"))
with database.read() as session:
    assert session.scalar(text("SELECT count(*) FROM a")) == written + 1
print("recovered")
"""


def test_a_full_disk_is_told_as_such_and_recovers(tmp_path):
    # A mount of its own, so that nothing is left behind whatever happens, and no root is needed.
    mounted = 'mount -t tmpfs -o size=4m wove "$1" && exec "$2" -c "$3" "$1"'
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mounted, "sh"]
    done = subprocess.run(
        [*command, str(tmp_path), sys.executable, FILL_A_DISK],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.splitlines() == [
        "The disk is full. Free some space and try again.",
        "files too",
        "recovered",
    ], done.stderr
