"""Runs of agents, what they ask for, and what they suggest."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    agent = sa.Column("agent", sa.String(64), server_default="", nullable=False)
    with op.batch_alter_table("suggestion") as batch:
        batch.add_column(agent)
    with op.batch_alter_table("suggestion") as batch:
        batch.alter_column("agent", existing_type=sa.String(64), server_default=None)
    op.create_table(
        "ai_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("chat", sa.String(255), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.String(1024), nullable=False),
        sa.Column("about", JSON, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_ai_run_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ai_run")),
    )
    op.create_index("ix_ai_run_chat", "ai_run", ["chat", "state"])
    op.create_index("ix_ai_run_person_id", "ai_run", ["person_id"])
    op.create_table(
        "ai_approval",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("interrupt", sa.String(64), nullable=False),
        sa.Column("tool", sa.String(64), nullable=False),
        sa.Column("title", sa.String(500), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("arguments", JSON, nullable=False),
        sa.Column("risk", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("is_heard", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["ai_run.id"], name=op.f("fk_ai_approval_run_id_ai_run"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["person.id"],
            name=op.f("fk_ai_approval_decided_by_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ai_approval")),
    )
    op.create_index("ix_ai_approval_run_id", "ai_approval", ["run_id"])
    op.create_index("ix_ai_approval_state", "ai_approval", ["state"])


def downgrade() -> None:
    op.drop_table("ai_approval")
    op.drop_table("ai_run")
    with op.batch_alter_table("suggestion") as batch:
        batch.drop_column("agent")
