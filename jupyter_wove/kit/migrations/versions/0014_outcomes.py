"""What became of answers that prompts gave, and experiments with versions of prompts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("ai_attempt") as table:
        table.add_column(sa.Column("use_id", sa.Uuid(), nullable=True))
        table.create_index("ix_ai_attempt_use_id", ["use_id"])
    experiments()
    uses()


def experiments() -> None:
    op.create_table(
        "prompt_experiment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("prompt_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("begun", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True), nullable=True),
        sa.Column("promoted", sa.String(length=24), nullable=True),
        sa.Column("before", sa.String(length=24), nullable=True),
        sa.ForeignKeyConstraint(
            ["prompt_id"],
            ["prompt.id"],
            name=op.f("fk_prompt_experiment_prompt_id_prompt"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prompt_experiment")),
    )
    op.create_index("ix_prompt_experiment_prompt_id", "prompt_experiment", ["prompt_id"])
    op.create_table(
        "prompt_variant",
        sa.Column("experiment_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("stopped", sa.String(length=500), nullable=False),
        sa.Column("looks", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["experiment_id"],
            ["prompt_experiment.id"],
            name=op.f("fk_prompt_variant_experiment_id_prompt_experiment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["prompt_version.id"],
            name=op.f("fk_prompt_variant_version_id_prompt_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("experiment_id", "position", name=op.f("pk_prompt_variant")),
    )
    op.create_table(
        "prompt_experiment_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("experiment_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("detail", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["experiment_id"],
            ["prompt_experiment.id"],
            name=op.f("fk_prompt_experiment_step_experiment_id_prompt_experiment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_prompt_experiment_step_person_id_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prompt_experiment_step")),
    )
    op.create_index(
        "ix_prompt_experiment_step_experiment_id", "prompt_experiment_step", ["experiment_id"]
    )


def uses() -> None:
    op.create_table(
        "prompt_use",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("prompt_id", sa.Uuid(), nullable=True),
        sa.Column("task", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("experiment_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_prompt_use_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["prompt_id"],
            ["prompt.id"],
            name=op.f("fk_prompt_use_prompt_id_prompt"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["experiment_id"],
            ["prompt_experiment.id"],
            name=op.f("fk_prompt_use_experiment_id_prompt_experiment"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prompt_use")),
    )
    op.create_index("ix_prompt_use_prompt_id_at", "prompt_use", ["prompt_id", "at"])
    op.create_index("ix_prompt_use_task_at", "prompt_use", ["task", "at"])
    op.create_index("ix_prompt_use_person_id", "prompt_use", ["person_id"])
    op.create_index("ix_prompt_use_experiment_id", "prompt_use", ["experiment_id"])
    op.create_table(
        "prompt_edit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("use_id", sa.Uuid(), nullable=False),
        sa.Column("suggestion_id", sa.Uuid(), nullable=False),
        sa.Column("room", sa.String(length=255), nullable=False),
        sa.Column("cell", sa.String(length=64), nullable=False),
        sa.Column("wanted", sa.String(length=64), nullable=False),
        sa.Column("lines", JSON, nullable=False),
        sa.Column("proposed", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("is_automatic", sa.Boolean(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("decided", sa.DateTime(timezone=True), nullable=True),
        sa.Column("landed", sa.String(length=64), nullable=True),
        sa.Column("ran", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ran_well", sa.Boolean(), nullable=True),
        sa.Column("lasted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["use_id"],
            ["prompt_use.id"],
            name=op.f("fk_prompt_edit_use_id_prompt_use"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prompt_edit")),
    )
    op.create_index("ix_prompt_edit_use_id", "prompt_edit", ["use_id"])
    op.create_index("ix_prompt_edit_suggestion_id", "prompt_edit", ["suggestion_id"])
    op.create_index("ix_prompt_edit_room", "prompt_edit", ["room", "state"])
    op.create_table(
        "outcome_refusal",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_outcome_refusal_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_outcome_refusal")),
    )


def downgrade() -> None:
    op.drop_table("outcome_refusal")
    op.drop_table("prompt_edit")
    op.drop_table("prompt_use")
    op.drop_table("prompt_experiment_step")
    op.drop_table("prompt_variant")
    op.drop_table("prompt_experiment")
    with op.batch_alter_table("ai_attempt") as table:
        table.drop_index("ix_ai_attempt_use_id")
        table.drop_column("use_id")
