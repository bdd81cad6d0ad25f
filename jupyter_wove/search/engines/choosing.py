"""Which engines keep the indices: what fits the database, unless the settings say."""

from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from sqlalchemy import text

from jupyter_wove.kit.database import Database, plain_errors
from jupyter_wove.kit.errors import Unavailable
from jupyter_wove.kit.files import durable
from jupyter_wove.search.engines import KeywordEngine, Space, VectorEngine
from jupyter_wove.search.engines.code import CodeEngine
from jupyter_wove.search.engines.embedded import EmbeddedCode, EmbeddedWords
from jupyter_wove.search.engines.embedded.vectors import EmbeddedVectors

EngineName = Literal["embedded", "postgresql"]

_MAY_MAKE_SCHEMAS = text("SELECT has_database_privilege(current_database(), 'CREATE')")


class Engines:
    """The engines there are for a database and a folder, and the one in use."""

    def __init__(self, database: Database, folder: Path, wish: str = "auto") -> None:
        self.database = database
        self.folder = folder
        self.name: EngineName = _fitting(database) if wish == "auto" else _known(wish)
        self.words = self.words_of(self.name)

    def words_of(self, name: EngineName) -> KeywordEngine:
        """Open an engine that finds words. Raises Unavailable."""
        if name == "embedded":
            return EmbeddedWords(self.folder)
        if self.database.is_sqlite:
            raise Unavailable(
                "The search index can be in PostgreSQL only where c.Wove.database_url is."
            )
        from jupyter_wove.search.engines.postgresql import PostgresqlWords  # noqa: PLC0415 — its driver need not be there

        return PostgresqlWords(self.database)

    def code(self, name: EngineName | None = None) -> CodeEngine:
        """Open an engine that finds lines in code: the one in use, unless named."""
        if (name or self.name) == "embedded":
            return EmbeddedCode(self.folder)
        from jupyter_wove.search.engines.postgresql import PostgresqlCode  # noqa: PLC0415

        return PostgresqlCode(self.database)

    def vectors(self, space: Space, name: EngineName | None = None) -> VectorEngine:
        """Open an engine that finds what is near; the embedded one where the other cannot."""
        if (name or self.name) == "postgresql":
            from jupyter_wove.search.engines.postgresql import PostgresqlVectors, has_pgvector  # noqa: PLC0415

            if has_pgvector(self.database):
                return PostgresqlVectors(self.database, space)
        if find_spec("numpy") is None:
            raise Unavailable(
                "Search by meaning compares with numpy: pip install 'jupyter-wove[semantic]'."
            )
        return EmbeddedVectors(self.folder, space)

    def has_changed(self) -> bool:
        """Tell whether another engine was in use; this one heard of nothing meanwhile."""
        return self._noted() not in {"", self.name}

    def note(self) -> None:
        """Note which engine is in use."""
        if self._noted() != self.name:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with plain_errors(), durable(self._note) as file:
                file.write(self.name.encode())

    @property
    def _note(self) -> Path:
        return self.folder / "engine"

    def _noted(self) -> str:
        return self._note.read_text() if self._note.is_file() else ""


def _fitting(database: Database) -> EngineName:
    if database.is_sqlite:
        return "embedded"
    with database.read() as session:
        return "postgresql" if session.scalar(_MAY_MAKE_SCHEMAS) else "embedded"


def _known(name: str) -> EngineName:
    if name not in {"embedded", "postgresql"}:
        raise Unavailable(f"There is no engine {name!r} for search: embedded or postgresql.")
    return name  # type: ignore[return-value]
