"""What only an index in PostgreSQL has to stand: dropped schemas, other versions, few rights."""

import pytest
from sqlalchemy import text

from jupyter_wove.kit.database import Database
from jupyter_wove.kit.errors import Unavailable
from jupyter_wove.search import Engines
from jupyter_wove.search.engines import Damaged
from jupyter_wove.search.engines.postgresql import PostgresqlWords
from tests.unit.search.engines.words import cell, fill, find, projects


@pytest.fixture
def database(postgresql_server):
    """A database without a table."""
    database = Database(postgresql_server.create("index_only"))
    yield database
    database.close()
    postgresql_server.drop("index_only")


@pytest.fixture
def engine(database):
    """An index with a project."""
    engine = PostgresqlWords(database)
    fill(engine, cell("needle"))
    return engine


def run(database, *statements):
    with database.write() as session:
        for statement in statements:
            session.execute(text(statement))


def schemas(database):
    named = text("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'wove_search_%'")
    with database.read() as session:
        return set(session.scalars(named))


def test_an_index_that_was_dropped_is_begun_again(database, engine):
    run(database, f"DROP SCHEMA {engine.current()} CASCADE", "DROP SCHEMA wove_search CASCADE")
    assert engine.is_new()
    assert find(engine, "needle") == []
    project = fill(engine, cell("needle"))
    assert projects(engine, "needle") == [project]


def test_an_index_of_which_a_piece_was_dropped_says_that_it_is_damaged(database, engine):
    run(database, f"DROP SCHEMA {engine.current()} CASCADE")
    with pytest.raises(Damaged):
        find(engine, "needle")
    with pytest.raises(Damaged):
        engine.revisions()


def test_a_damaged_index_is_rebuilt(database, engine):
    run(database, f"DROP SCHEMA {engine.current()} CASCADE")

    def again(fresh):
        fill(fresh, cell("needle"))
        assert fresh.take_over() == set()

    engine.rebuild(again)
    assert len(find(engine, "needle")) == 1


def test_a_rebuild_leaves_nothing_of_what_it_replaced(database, engine):
    for _ in range(3):
        engine.rebuild(lambda fresh: fresh.take_over())
    engine.rebuild(lambda fresh: None)
    assert schemas(database) == {engine.current()}


def test_what_a_killed_rebuild_left_goes_with_the_next_look(database, engine):
    """Whoever fills a schema holds a lock as long as it lives."""
    abandoned = "wove_search_words_1_abandoned"
    run(
        database,
        f"CREATE SCHEMA {abandoned}",
        f"INSERT INTO wove_search.generation(name) VALUES ('{abandoned}')",
    )
    engine.drop_old()
    assert schemas(database) == {engine.current()}


def test_what_another_version_uses_stays_until_it_was_not_used_for_a_week(database, engine):
    older = "wove_search_words_0_older"
    run(
        database,
        f"CREATE SCHEMA {older}",
        f"INSERT INTO wove_search.generation(name) VALUES ('{older}')",
        f"INSERT INTO wove_search.current VALUES ('words', 0, '{older}')",
    )
    engine.drop_old()
    assert schemas(database) == {engine.current(), older}
    run(database, "UPDATE wove_search.generation SET used = now() - interval '8 days'")
    engine.drop_old()
    assert schemas(database) == {engine.current()}
    assert len(find(engine, "needle")) == 1


@pytest.fixture
def poor(database, postgresql_server):
    """The same database, for somebody who may make no schemas."""
    run(database, "CREATE ROLE poor LOGIN PASSWORD 'poor'")
    url = database.engine.url.set(username="poor", password="poor")
    poor = Database(url.render_as_string(hide_password=False))
    yield poor
    poor.close()
    run(database, "DROP ROLE poor")


def test_who_may_make_no_schemas_is_told_what_to_do(poor):
    with pytest.raises(Unavailable, match="GRANT CREATE ON DATABASE"):
        fill(PostgresqlWords(poor), cell("needle"))


def test_who_may_make_no_schemas_gets_the_embedded_engine_unless_they_say(poor, tmp_path):
    assert Engines(poor, tmp_path).name == "embedded"
    assert Engines(poor, tmp_path, "postgresql").name == "postgresql"


def test_a_name_that_is_no_engine_is_refused(database, tmp_path):
    with pytest.raises(Unavailable, match="embedded or postgresql"):
        Engines(database, tmp_path, "zebra")
