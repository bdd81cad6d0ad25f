"""Who typed what is in the log of a room."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    authors = sa.Column("authors", JSON, nullable=False, server_default="[]")
    op.add_column("room_update", authors)


def downgrade() -> None:
    op.drop_column("room_update", "authors")
