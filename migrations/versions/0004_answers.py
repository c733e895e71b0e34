"""answers: the change that an answer points to, earlier answers, and articles that are not in the next version"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    with op.batch_alter_table("answer") as batch:
        batch.add_column(sa.Column("change_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("unchanged", sa.Text(), nullable=True))
        batch.add_column(sa.Column("revision", sa.Integer(), server_default="1", nullable=False))
        batch.add_column(sa.Column("edition", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_answer_change_id_version"), "version", ["change_id"], ["id"])
    with op.batch_alter_table("article") as batch:
        batch.add_column(sa.Column("dropped", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "earlier_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=True),
        sa.Column("unchanged", sa.Text(), nullable=True),
        sa.Column("voice_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("salt", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name=op.f("fk_earlier_answer_neighbourhood_id_neighbourhood")
        ),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name=op.f("fk_earlier_answer_answer_id_answer")),
        sa.ForeignKeyConstraint(["change_id"], ["version.id"], name=op.f("fk_earlier_answer_change_id_version")),
        sa.ForeignKeyConstraint(["voice_id"], ["voice.id"], name=op.f("fk_earlier_answer_voice_id_voice")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier_answer")),
        sa.UniqueConstraint("answer_id", "revision", name=op.f("uq_earlier_answer_answer_id_revision")),
    )
    op.create_index(op.f("ix_earlier_answer_neighbourhood_id"), "earlier_answer", ["neighbourhood_id"])


def downgrade() -> None:
    op.drop_table("earlier_answer")
    with op.batch_alter_table("article") as batch:
        batch.drop_column("dropped")
    with op.batch_alter_table("answer") as batch:
        batch.drop_constraint(op.f("fk_answer_change_id_version"), type_="foreignkey")
        batch.drop_column("edition")
        batch.drop_column("revision")
        batch.drop_column("unchanged")
        batch.drop_column("change_id")
