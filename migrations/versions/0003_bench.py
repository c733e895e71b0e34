"""the head of a neighbourhood is found at once"""

from alembic import op

revision = '0003'
down_revision = '0002'


def upgrade() -> None:
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.create_index('ix_event_head', ['neighbourhood_id', 'number'], unique=False)
        batch_op.drop_index(batch_op.f('ix_event_neighbourhood_id'))


def downgrade() -> None:
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_neighbourhood_id'), ['neighbourhood_id'], unique=False)
        batch_op.drop_index('ix_event_head')
