"""How Alembic reaches the database: on the connection that holds the lock."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from sqlalchemy import Connection, MetaData

from jupyter_wove.kit.columns import Instant
from jupyter_wove.kit.database import Database


def run() -> None:
    """Migrate on the connection given; compare on the database of `-x url=…`, for developers."""
    if connection := context.config.attributes.get("connection"):
        run_on(connection, None)
        return
    # Only here, because `schema` imports every domain.
    from jupyter_wove.kit.migrations.schema import every_table  # noqa: PLC0415

    database = Database(context.get_x_argument(as_dictionary=True)["url"])
    with database.engine.connect() as connection:
        run_on(connection, every_table())
    database.close()


def run_on(connection: Connection, metadata: MetaData | None) -> None:
    """Run the migrations asked for in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
        compare_server_default=True,
        render_item=render,
    )
    with context.begin_transaction():
        context.run_migrations()


def render(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our types as what the database has: revisions import no code of ours."""
    if kind != "type":
        return False
    if isinstance(item, sa.JSON):
        return "JSON"  # defined at the top of each revision
    return "sa.DateTime(timezone=True)" if isinstance(item, Instant) else False


run()
