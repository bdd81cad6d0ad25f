"""What agents remember."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ai_memory",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("content", sa.String(500), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("agent", sa.String(128), nullable=False),
        sa.Column("chat", sa.String(1024), nullable=False),
        sa.Column("notebook", sa.String(1024), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(project_id IS NULL) <> (person_id IS NULL)", name=op.f("ck_ai_memory_of_one")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_ai_memory_project_id_project"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_ai_memory_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["person.id"],
            name=op.f("fk_ai_memory_author_id_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ai_memory")),
    )
    op.create_index("ix_ai_memory_project_id", "ai_memory", ["project_id"])
    op.create_index("ix_ai_memory_person_id", "ai_memory", ["person_id"])


def downgrade() -> None:
    op.drop_table("ai_memory")
