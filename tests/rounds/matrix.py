"""Who may do what with moments and their commitments: public from the start, promised by who hosts them."""

from tests.support.matrix import Matrix
from tests.support.things import seal_first
from tests.support.world import place
from wijkplatform.core.db import db
from wijkplatform.rounds.models import Commitment, Moment

TABLE = """
                                          visitor new elsewhere resident board volunteer broker caretaker youth_worker provider official buyer executive assessor bidder facilitator moderator administrator
moment in huizum-oost          | view    | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
moment in huizum-oost          | promise | no      no  no        no       no    no        no     no        no           no       yes      no    no        no       no     yes         no        no
commitment in huizum-oost      | view    | yes     yes yes       yes      yes   yes       yes    yes       yes          yes      yes      yes   yes       yes      yes    yes         yes       yes
sealed moment in huizum-oost   | view    | no      no  no        no       no    no        no     no        no           no       no       no    no        no       no     no          no        no
"""


def first(model: type, slug: str = "huizum-oost") -> object:
    return db.session.scalars(db.select(model).where(model.neighbourhood_id == place(slug).id)).first()


MATRIX = Matrix(
    TABLE,
    things={
        "moment in huizum-oost": lambda world: first(Moment),
        "commitment in huizum-oost": lambda world: first(Commitment),
        "sealed moment in huizum-oost": lambda world: seal_first(first(Moment)),
    },
)
