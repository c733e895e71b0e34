"""The trail: chained, every change of it seen, and still whole after something was redacted."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from tests.agenda.matrix import need_in
from tests.support.things import put
from tests.support.world import OPEN, World
from wijkplatform.agenda import service as agenda
from wijkplatform.agenda.models import Agenda, Need
from wijkplatform.core import trail
from wijkplatform.core.actor import command_line
from wijkplatform.core.db import begin_writing, db
from wijkplatform.core.trail import Event
from wijkplatform.places.queries import by_id


@pytest.fixture
def deed(in_world: World) -> Event:
    """A need that was just raised: words, voice, facts and all."""
    actor = in_world.actor("puur-bewoner")
    need = agenda.raise_need(
        actor,
        _agenda(),
        actor.hats_in(need_in(OPEN).neighbourhood_id)[0],
        title="Een bankje",
        text="Bij de brug.",
        areas=[],
    )
    trail.commit()
    return trail.history(need)[-1]


def _agenda() -> Agenda:
    return Agenda(by_id(need_in(OPEN).neighbourhood_id))


def faults() -> list[str]:
    db.session.expire_all()
    return list(trail.faults())


def test_the_chain_of_the_world_is_whole(in_world: World) -> None:
    assert faults() == []
    number, mark = trail.head()
    assert number > 400
    assert len(mark) == 64


#: Each column of an event, and a value that somebody might put there afterwards.
TAMPERED = {
    "number": 999_999, "verb": "need.supported", "thing_kind": "plan", "thing_id": 1,
    "happened_at": datetime(2020, 1, 1, tzinfo=UTC), "recorded_at": datetime(2020, 1, 1, tzinfo=UTC),
    "person_id": 1, "system": "klok", "voice_id": 1, "actor_salt": "0" * 32, "actor_digest": "0" * 64,
    "facts": {"to": "x"}, "facts_salt": "0" * 32, "facts_digest": "0" * 64, "words_digest": "0" * 64,
    "previous_hash": "0" * 64, "hash": "0" * 64,
}  # fmt: skip
#: What is not in the chain, and why that is right.
NOT_CHAINED = {
    "id": "internal", "act": "only groups events in the log", "neighbourhood_id": "follows from the thing",
    "words_kind": "says where the digested words lie", "words_id": "says where the digested words lie",
    "happened_precision": "how to show the time", "taken_over": "follows from the actor, who is chained",
}  # fmt: skip


def test_every_column_is_chained_or_has_a_reason() -> None:
    assert set(TAMPERED) | set(NOT_CHAINED) == {column.key for column in Event.__table__.columns}


@pytest.mark.parametrize("column", TAMPERED)
def test_a_changed_column_is_seen(deed: Event, column: str) -> None:
    number = deed.number
    put(lambda: db.session.execute(db.update(Event).where(Event.number == number).values({column: TAMPERED[column]})))
    found = faults()
    assert found, f"a changed {column} goes unseen"
    assert any(str(number) in fault or "999999" in fault for fault in found)


def test_a_removed_event_is_seen(deed: Event) -> None:
    middle = deed.number - 10
    put(lambda: (
        db.session.execute(db.text("DELETE FROM influence WHERE event_id IN (SELECT id FROM event WHERE number = :n)"), {"n": middle}),
        db.session.execute(db.delete(Event).where(Event.number == middle)),
    ))  # fmt: skip
    assert any("ontbreekt" in fault for fault in faults())


def test_a_removed_last_event_is_seen(deed: Event) -> None:
    number = deed.number
    put(lambda: db.session.execute(db.delete(Event).where(Event.number == number)))
    assert any("kop van de keten" in fault for fault in faults())


def test_changed_words_are_seen(deed: Event) -> None:
    put(lambda: db.session.execute(db.update(Need).where(Need.id == deed.thing_id).values(text="Bij de sloot.")))
    assert any("daarna veranderd" in fault for fault in faults())


def test_words_that_are_gone_are_seen(deed: Event) -> None:
    for table in ("need_area WHERE need_id", "index_entry WHERE kind = 'need' AND thing_id", "need WHERE id"):
        put(lambda table=table: db.session.execute(db.text(f"DELETE FROM {table} = :id"), {"id": deed.thing_id}))
    assert any("weg" in fault for fault in faults())


def test_redacted_words_and_actor_leave_the_chain_whole(deed: Event) -> None:
    """The salt lies beside the content and goes with it; what is left can still be verified."""
    number, id_ = deed.number, deed.thing_id
    put(lambda: (
        db.session.execute(db.update(Need).where(Need.id == id_).values(title="[weg]", text="[weg]", salt=None)),
        db.session.execute(
            db.update(Event).where(Event.number == number)
            .values(actor_salt=None, person_id=None, voice_id=None, facts=None, facts_salt=None)
        ),
    ))  # fmt: skip
    assert faults() == []


def test_a_digest_without_its_salt_tells_nothing(deed: Event) -> None:
    """Two equal texts have different digests, so that a redacted one cannot be guessed at."""
    assert trail.digest("a" * 32, "ja") != trail.digest("b" * 32, "ja")
    assert deed.actor_salt != deed.facts_salt


def test_a_deed_that_is_not_made_final_leaves_nothing(in_world: World) -> None:
    before, need = trail.head(), need_in(OPEN)
    trail.record(command_line(), "need.raised", need)
    db.session.rollback()
    assert trail.head() == before
    trail.commit()
    assert trail.head() == before


def test_nested_deeds_share_an_act_and_the_next_deed_has_another(in_world: World) -> None:
    need = need_in(OPEN)
    for _deed in range(2):
        begin_writing()
        trail.record(command_line(), "need.raised", need)
        trail.record(command_line(), "need.supported", need)
        trail.commit()
    acts = [event.act for event in trail.history(need)[-4:]]
    assert acts[0] == acts[1] != acts[2] == acts[3]


def test_an_unknown_verb_or_precision_raises(in_world: World) -> None:
    for verb, precision in (("need.eaten", "second"), ("need.raised", "eeuw")):
        with pytest.raises(LookupError):
            trail.record(command_line(), verb, need_in(OPEN), precision=precision)


def test_facts_hold_only_what_json_keeps_exactly(in_world: World) -> None:
    need = need_in(OPEN)
    with pytest.raises(TypeError, match="float"):
        trail.record(command_line(), "need.raised", need, facts={"x": 0.1})
    db.session.rollback()
    facts = {"d": Decimal("16.0"), "at": datetime(2026, 3, 1, tzinfo=UTC), "list": [1, (Decimal("2.5"),)], "no": None}
    put(lambda: trail.record(command_line(), "need.raised", need, facts=facts))
    assert trail.history(need)[-1].facts == {
        "d": "16.0",
        "at": "2026-03-01T00:00:00+00:00",
        "list": [1, ["2.5"]],
        "no": None,
    }
    assert faults() == []


def test_both_times_are_kept_and_unknown_stays_unknown(in_world: World) -> None:
    need = need_in(OPEN)
    then = datetime(2024, 5, 1, tzinfo=UTC)
    put(lambda: trail.record(command_line(), "need.raised", need, happened=then, precision="day"))
    put(lambda: trail.record(command_line(), "need.raised", need, precision="unknown"))
    known, unknown = trail.history(need)[-2:]
    assert (known.happened_at, known.happened_precision) == (then, "day")
    assert known.recorded_at - then > timedelta(days=1)
    assert (unknown.happened_at, unknown.happened_precision) == (None, "unknown")


def test_what_shaped_a_deed_can_be_walked_both_ways(in_world: World) -> None:
    need = need_in(OPEN)
    other = db.session.scalars(db.select(Need).where(Need.id != need.id)).first()
    put(lambda: trail.record(command_line(), "need.raised", need, because=[other], how="partly"))
    influence = trail.shaped_by(need)[-1]
    assert (influence.source_kind, influence.source_id, influence.how) == ("need", other.id, "partly")
    assert trail.led_to(other)[-1].thing_id == need.id


def test_listeners_hear_of_a_deed_inside_it_and_once(in_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[str, bool]] = []

    def listener(event: Event) -> None:
        heard.append((event.verb, bool(db.session.info.get("writing"))))

    monkeypatch.setattr(trail, "_listeners", [])
    trail.listen(listener)
    trail.listen(listener)
    put(lambda: trail.record(command_line(), "need.raised", need_in(OPEN)))
    assert heard == [("need.raised", True)]


def test_every_verb_of_the_world_is_declared_with_a_label(in_world: World) -> None:
    used = set(db.session.scalars(db.select(Event.verb).distinct()))
    assert used <= set(trail.verbs())
    for verb in trail.verbs().values():
        assert str(verb.label), verb.name
        assert verb.name.count(".") == 1


def test_the_clock_of_the_server_counts(in_world: World) -> None:
    with time_machine.travel(datetime(2031, 1, 1, tzinfo=UTC), tick=False):
        put(lambda: trail.record(command_line(), "need.raised", need_in(OPEN)))
    assert trail.history(need_in(OPEN))[-1].recorded_at == datetime(2031, 1, 1, tzinfo=UTC)
