"""where a kept promise can be read; what can be searched"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'


def upgrade() -> None:
    with op.batch_alter_table('commitment', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kept_where', sa.Text(), nullable=True))
    op.create_table('findable',
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('thing_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=64), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('language', sa.String(length=35), nullable=False),
    sa.Column('path', sa.Text(), nullable=True),
    sa.Column('title_words', sa.Text(), nullable=False),
    sa.Column('text_words', sa.Text(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('neighbourhood_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['neighbourhood_id'], ['neighbourhood.id'], name=op.f('fk_findable_neighbourhood_id_neighbourhood')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_findable')),
    sa.UniqueConstraint('kind', 'thing_id', name=op.f('uq_findable_kind_thing_id'))
    )
    with op.batch_alter_table('findable', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_findable_neighbourhood_id'), ['neighbourhood_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('findable', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_findable_neighbourhood_id'))

    op.drop_table('findable')
    with op.batch_alter_table('commitment', schema=None) as batch_op:
        batch_op.drop_column('kept_where')
