"""Keys of providers, and who agreed to what models cost."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ai_key",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_ai_key")),
    )
    op.create_table(
        "ai_consent",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_ai_consent_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_ai_consent")),
    )
    op.create_index("ix_ai_attempt_at", "ai_attempt", ["at"])


def downgrade() -> None:
    op.drop_index("ix_ai_attempt_at", "ai_attempt")
    op.drop_table("ai_consent")
    op.drop_table("ai_key")
