"""What models were shown, and rules of projects that people trust."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ai_sight",
        sa.Column("message", sa.String(64), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("model", sa.String(64), nullable=False),
        sa.Column("notebook", sa.String(1024), nullable=False),
        sa.Column("tokens", sa.Integer(), nullable=False),
        sa.Column("parts", JSON, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_ai_sight_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("message", name=op.f("pk_ai_sight")),
    )
    op.create_index("ix_ai_sight_at", "ai_sight", ["at"])
    op.create_index("ix_ai_sight_person_id", "ai_sight", ["person_id"])
    op.create_table(
        "ai_trusted_rules",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_ai_trusted_rules_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", "digest", name=op.f("pk_ai_trusted_rules")),
    )


def downgrade() -> None:
    op.drop_table("ai_trusted_rules")
    op.drop_table("ai_sight")
