"""Every engine that finds code: what is promised of one is promised of all."""

from contextlib import closing, contextmanager
from uuid import uuid4

from jupyter_wove.kit.database import Database
from jupyter_wove.search.engines.embedded import EmbeddedCode
from jupyter_wove.search.engines.postgresql import PostgresqlCode

ENGINES = ["embedded", "postgresql"]


@contextmanager
def empty(request):
    """Open an empty index of the engine that a fixture names as its parameter."""
    if request.param == "embedded":
        folder = request.getfixturevalue("tmp_path_factory").mktemp("code")
        with closing(EmbeddedCode(folder)) as engine:
            yield engine
        return
    server, name = request.getfixturevalue("postgresql_server"), f"t_{uuid4().hex}"
    with closing(Database(server.create(name))) as database:
        yield PostgresqlCode(database)
    server.drop(name)


def texts(engine):
    """Count the texts that an index keeps."""
    with engine.generation().connections.read() as connection:
        if isinstance(engine, PostgresqlCode):
            return connection.ask_one("SELECT count(*) FROM {index}.text")
        return connection.execute("SELECT count(*) FROM text").fetchone()[0]
