"""What teachers allow models to tell, and which prompt a model was asked with."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ai_tutor_policy",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("routes", JSON, nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=True),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_ai_tutor_policy_project_id_project"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["set_by"],
            ["person.id"],
            name=op.f("fk_ai_tutor_policy_set_by_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_ai_tutor_policy")),
    )
    with op.batch_alter_table("ai_attempt") as table:
        table.add_column(
            sa.Column("prompt", sa.String(160), nullable=False, server_default=sa.text("''"))
        )


def downgrade() -> None:
    with op.batch_alter_table("ai_attempt") as table:
        table.drop_column("prompt")
    op.drop_table("ai_tutor_policy")
