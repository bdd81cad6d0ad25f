"""Migrations: up and down with rows in every table, by many processes at once, or not at all."""

import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, MetaData, insert, inspect, select, text

from jupyter_wove.kit import migrations
from jupyter_wove.kit.columns import Json
from jupyter_wove.kit.database import Database
from jupyter_wove.kit.errors import Conflict
from jupyter_wove.kit.migrations import head, migrate
from jupyter_wove.kit.migrations.schema import every_table

ROOT = Path(__file__).parents[3]
VALUES = {
    UUID: UUID(int=7),
    str: "x",
    int: 1,
    float: 1.0,
    bool: True,
    bytes: b"x",
    datetime: datetime(2026, 1, 1, tzinfo=UTC),
}
ALLOWED = {
    ("ai_memory", "person_id"): None,  # it is of a project
    ("app", "access"): "private",
    ("app_deployment", "state"): "live",
    ("app_release", "state"): "good",
    ("job", "state"): "running",
    ("project_check", "state"): "clean",
    ("project", "visibility"): "public",
    ("prompt", "visibility"): "public",
}
HEAD = head()
NEXT = f"{int(HEAD) + 1:04}"
REVISION = """
import sqlalchemy as sa
from alembic import op

revision = {this!r}
down_revision = {before!r}


def upgrade():
    {up}


def downgrade():
    {down}
"""
# Both make SQLite build the table anew, as it cannot change or drop a column of one that exists.
REBUILD = 'with op.batch_alter_table("person") as batch: batch.{change}'
ADD = REBUILD.format(
    change='add_column(sa.Column("motto", sa.String(9))); '
    'batch.alter_column("bio", type_=sa.Text(), existing_type=sa.String(2000))'
)
DROP = REBUILD.format(
    change='drop_column("motto"); '
    'batch.alter_column("bio", type_=sa.String(2000), existing_type=sa.Text())'
)
ORPHAN = 'op.execute("DELETE FROM person")'


@pytest.fixture
def empty(empty_database_url):
    database = Database(empty_database_url)
    yield database
    database.close()


@pytest.fixture
def add_revision(tmp_path, monkeypatch):
    """Have one more revision after today's newest."""

    def add(up, down="pass"):
        versions = tmp_path / "100% new versions"
        shutil.copytree(migrations.VERSIONS, versions)
        source = REVISION.format(this=NEXT, before=head(), up=up, down=down)
        (versions / f"{NEXT}_test.py").write_text(source)
        monkeypatch.setattr(migrations, "VERSIONS", versions)

    return add


def fill(database):
    """Put a row into every table, each a child of those before."""
    with database.write() as session:
        for table in every_table().sorted_tables:
            session.execute(insert(table).values({c.name: value(c) for c in table.columns}))


def value(column):
    if isinstance(column.type, Json):
        return {"a": 1}
    return ALLOWED.get((column.table.name, column.name), VALUES[column.type.python_type])


def rows(database):
    with database.read() as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table))]
            for table in every_table().sorted_tables
        }


def tables(database):
    with database.read() as session:
        return set(inspect(session.connection()).get_table_names())


def person_columns(database):
    with database.read() as session:
        return {each["name"] for each in inspect(session.connection()).get_columns("person")}


def test_the_schema_is_what_the_code_says(empty):
    migrate(empty)
    with empty.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, every_table()) == []


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_the_settings_for_developers_compare_them_too(database_url):
    command = [sys.executable, "-m", "alembic", "-c", "setup.cfg", "-x", f"url={database_url}"]
    done = subprocess.run([*command, "check"], cwd=ROOT, check=False, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()


def test_constraints_that_alembic_does_not_compare_agree_too(empty, tmp_path):
    migrate(empty)
    found, meant = MetaData(), every_table()
    found.reflect(empty.engine)
    for table in meant.sorted_tables:
        assert checks(found.tables[table.name]) == checks(table)
        assert deletions(found.tables[table.name]) == deletions(table)


def checks(table):
    return {str(each.name) for each in table.constraints if isinstance(each, CheckConstraint)}


def deletions(table):
    return {(str(each.name), each.ondelete) for each in table.foreign_key_constraints}


def test_down_and_up_again_with_rows_in_every_table(empty):
    migrate(empty)
    fill(empty)
    migrate(empty, "base")
    assert tables(empty) == {"alembic_version"}
    migrate(empty)
    assert all(found == [] for found in rows(empty).values())


def test_rebuilding_a_table_keeps_its_children(empty, add_revision):
    migrate(empty)
    fill(empty)
    before = rows(empty)
    add_revision(ADD, DROP)
    migrate(empty)
    assert "motto" in person_columns(empty)
    assert rows(empty) == before
    migrate(empty, HEAD)
    assert "motto" not in person_columns(empty)
    assert rows(empty) == before


def test_foreign_keys_hold_after_a_migration(empty, add_revision):
    migrate(empty)
    fill(empty)
    add_revision(ADD, DROP)
    migrate(empty)
    with empty.write() as session:
        session.execute(text("DELETE FROM api_key"))
        session.execute(text("DELETE FROM project"))
        session.execute(text("DELETE FROM person"))
    assert rows(empty)["identity"] == []


def test_a_migration_that_fails_changes_nothing(empty, add_revision):
    migrate(empty)
    fill(empty)
    before = rows(empty)
    add_revision(f"{ADD}\n    raise ZeroDivisionError")
    with pytest.raises(ZeroDivisionError):
        migrate(empty)
    assert "motto" not in person_columns(empty)
    assert rows(empty) == before


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_a_migration_that_loses_parents_is_undone(empty, add_revision):
    migrate(empty)
    fill(empty)
    before = rows(empty)
    add_revision(ORPHAN)
    with pytest.raises(RuntimeError, match="api_key"):
        migrate(empty)
    assert rows(empty) == before


def test_a_newer_schema_is_refused(empty):
    migrate(empty)
    with empty.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Conflict, match="schema 9999; this version of Wove knows schemas up to"):
        migrate(empty)


def test_four_processes_can_start_at_once(empty, empty_database_url):
    code = (
        "import sys; from jupyter_wove.kit.database import Database; "
        "from jupyter_wove.kit.migrations import migrate; migrate(Database(sys.argv[1]))"
    )
    command = [sys.executable, "-c", code, empty_database_url]
    processes = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(4)]
    errors = [process.communicate(timeout=60)[1].decode() for process in processes]
    assert [process.returncode for process in processes] == [0] * 4, errors
    fill(empty)


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
class TestCopies:
    def test_a_new_database_needs_none(self, empty, tmp_path):
        migrate(empty)
        assert list(tmp_path.glob("*.copy")) == []

    def test_the_copy_holds_what_was_there_before(self, empty, tmp_path, add_revision):
        migrate(empty)
        fill(empty)
        before = head()
        add_revision(ADD, DROP)
        migrate(empty)
        [copy] = tmp_path.glob("*.copy")
        with sqlite3.connect(copy) as connection:
            assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (
                before,
            )
            assert connection.execute("SELECT handle FROM person").fetchone() == ("x",)
        connection.close()

    def test_the_last_three_are_kept(self, empty, tmp_path, add_revision):
        migrate(empty)
        add_revision(ADD, DROP)
        for _ in range(3):
            migrate(empty)
            migrate(empty, "0001")
        kept = sorted(path.name.split(".")[-2] for path in tmp_path.glob("*.copy"))
        assert kept == ["0001", NEXT, NEXT]

    def test_nothing_else_is_left_behind(self, empty, tmp_path, add_revision):
        migrate(empty)
        add_revision("raise ZeroDivisionError")
        with pytest.raises(ZeroDivisionError):
            migrate(empty)
        assert list(tmp_path.glob("*.part")) == []


def test_a_database_that_is_up_to_date_needs_no_alembic(empty, empty_database_url, run_python):
    migrate(empty)
    run_python(
        """
        import sys
        from jupyter_wove.kit.database import Database
        from jupyter_wove.kit.migrations import migrate
        migrate(Database(sys.argv[1]))
        assert "alembic" not in sys.modules
        """,
        empty_database_url,
    )
