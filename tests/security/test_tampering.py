"""Whoever can reach the database cannot add, move or take away a voice unseen: `check` says so."""

import pytest

from tests.support.things import put
from tests.support.world import OPEN, World, place
from wijkplatform.agenda import integrity
from wijkplatform.agenda import service as agenda
from wijkplatform.agenda.models import Need
from wijkplatform.core import trail
from wijkplatform.core.db import db
from wijkplatform.rounds.models import Support


@pytest.fixture
def supported(in_world: World) -> Need:
    need = db.session.scalars(db.select(Need).where(Need.neighbourhood_id == place(OPEN).id)).first()
    assert need is not None
    for role in ("puur-bewoner", "puur-vrijwilliger", "puur-jongerenwerker"):
        agenda.support(in_world.actor(role), need)
        trail.commit()
    agenda.withdraw(in_world.actor("puur-jongerenwerker"), need)
    trail.commit()
    return need


def test_what_was_given_and_taken_back_is_in_order(supported: Need) -> None:
    assert integrity.faults() == []


def test_a_voice_that_was_taken_away_is_missed(supported: Need) -> None:
    put(lambda: db.session.execute(db.delete(Support).where(Support.thing_id == supported.id)))
    assert integrity.faults() == [f"punt {supported.code}: een steun is weg"] * 2


def test_a_voice_that_nobody_gave_is_found(in_world: World, supported: Need) -> None:
    other = in_world.person("puur-jongerenwerker")
    voice = db.session.scalars(db.select(Support.voice_id)).first()
    put(lambda: db.session.add(Support(
        neighbourhood_id=supported.neighbourhood_id, thing_kind="need", thing_id=supported.id, person_id=other.id, voice_id=voice,
    )))  # fmt: skip
    assert integrity.faults() == [f"punt {supported.code}: een steun telt mee zonder dat iemand die gaf"]
