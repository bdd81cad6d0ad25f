"""MCP servers of people, the tools that they let agents ask for, and keys of people."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "ai_person_key",
        _person(),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("sealed", sa.String(), nullable=False),
        _of("ai_person_key"),
        sa.PrimaryKeyConstraint("person_id", "name", name=op.f("pk_ai_person_key")),
    )
    op.create_table(
        "ai_mcp_server",
        _person(),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("url", sa.String(1024), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        _of("ai_mcp_server"),
        sa.PrimaryKeyConstraint("person_id", "name", name=op.f("pk_ai_mcp_server")),
    )
    op.create_table(
        "ai_mcp_tool",
        _person(),
        sa.Column("server", sa.String(32), nullable=False),
        sa.Column("name", sa.String(128), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("arguments", JSON, nullable=False),
        sa.Column("allowed", sa.DateTime(timezone=True), nullable=False),
        _of("ai_mcp_tool"),
        sa.PrimaryKeyConstraint("person_id", "server", "name", name=op.f("pk_ai_mcp_tool")),
    )


def downgrade() -> None:
    op.drop_table("ai_mcp_tool")
    op.drop_table("ai_mcp_server")
    op.drop_table("ai_person_key")


def _person() -> sa.Column:
    return sa.Column("person_id", sa.Uuid(), nullable=False)


def _of(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_person_id_person")
    return sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=name, ondelete="CASCADE")
