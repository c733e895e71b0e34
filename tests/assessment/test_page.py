"""The page of the assessment: the verdict recounted, and before it or beside it nothing that is not for this reader."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from tests.assessment.matrix import first, undecided
from tests.support.addresses import call_slug
from tests.support.client import Browser, Page
from tests.support.counting import MOST, counting
from tests.support.things import put
from tests.support.world import COLUMNS, FINISHED, OPEN, World, column_account, column_actor, place
from wijkplatform.assessment import policy, queries
from wijkplatform.assessment.models import AssessmentPlanning, Bid, Consensus, Decision, DrawnLot, Score, Seat
from wijkplatform.calls.models import Call, InformationNote
from wijkplatform.core import clock, offers
from wijkplatform.core.db import db
from wijkplatform.core.policy import may
from wijkplatform.people.models import Person
from wijkplatform.web import dates

TEAM = {"official", "buyer"}
WINNER, SECOND, THIRD = "Coöperatie Onder de Brug", "Zilverlijn Sociaal Werk B.V.", "Stichting De Windwijzer"


def where(world: World, slug: str = FINISHED) -> str:
    return f"/uitvragen/{call_slug(world, slug)}/beoordeling"


def browser_of(world: World, column: str, slug: str = FINISHED) -> Browser:
    account = column_account(column, slug)
    return world.as_role(*account) if account else world.browser()


def reads(world: World, column: str, bid: Bid) -> bool:
    """The municipality reads every offer; who sends bids for an organisation reads its own."""
    actor = column_actor(world, column, FINISHED)
    own = {hat.organisation_id for hat in actor.hats if hat.kind in ("bidder", "provider")}
    return column in TEAM or bid.organisation_id in own


def outcome(page: Page) -> dict[str, list[str]]:
    """The table of points: per row what each column says."""
    table = next(each for each in page.all("table") if "outcome" in (each.get("class") or ""))
    found = {}
    for row in table.iter("tr"):
        cells = [" ".join("".join(cell.itertext()).split()) for cell in row if cell.tag in ("th", "td")]
        found[cells[0].split(".")[0]] = cells[1:]
    return found


def rows(model: type, slug: str = FINISHED) -> list[Any]:
    return list(db.session.scalars(db.select(model).where(model.neighbourhood_id == place(slug).id)))  # type: ignore[attr-defined]


def test_the_outcome_is_the_records_to_the_hundredth(world: World) -> None:
    found = outcome(world.browser().go(where(world)))
    assert found["Criterium"] == ["Hoogstens", WINNER, SECOND, THIRD]
    assert found["Totaal"] == ["100", "72,63", "58,68", "57,67"]
    assert found["Kwaliteit samen"] == ["90", "71,60", "50,40", "55,60"]
    assert found["K1"] == ["18", "14,40", "7,20", "10,80"]
    assert found["K2"] == ["16", "16,00", "6,40", "9,60"]
    assert found["K9"] == ["10", "1,03", "8,28", "2,07"]


def test_the_figures_follow_from_the_rows(world: World) -> None:
    """Another consensus gives another outcome: nothing is stored or written out by hand."""
    with world.app.app_context():
        best = next(each for each in rows(Consensus) if each.criterion.code == "K1" and each.bid.code == "IN-C")
        put(lambda: setattr(best, "value", Decimal(10)))
    found = outcome(world.browser().go(where(world)))
    assert found["Totaal"] == ["100", "72,63", "69,48", "57,67"]
    assert found["K1"][2] == "18,00"


def test_it_opens_with_who_won_and_why(world: World) -> None:
    page = world.browser().go(where(world))
    assert page.heading == f"De opdracht gaat naar {WINNER}"
    assert "Het plan kreeg 72,63 van de 100 punten." in page.words
    assert "Onder de Brug wint omdat het plan het best past bij de bewonersagenda" in page.words
    assert "besproken in: Commissie Samenleving" in page.words
    with world.app.app_context():
        signed = dates.day(first(AssessmentPlanning).contract_signed_on)
    assert f"Het contract is getekend op {signed}." in page.words


def test_each_score_stands_with_its_reason(world: World) -> None:
    page = world.browser().go(where(world))
    with world.app.app_context():
        for each in rows(Consensus):
            assert each.reason in page.words, each.reason
    k2 = " ".join(" ".join(next(each for each in page.all("li") if each.get("id") == "reden-K2").itertext()).split())
    assert "10 uitstekend Vaste partner per centrum" in k2


def test_the_team_is_told_in_numbers(world: World) -> None:
    words = world.browser().go(where(world)).words
    assert "5 mensen beoordeelden de plannen. 2 van hen komen uit de wijk." in words
    assert "1 lid had zo’n band en maakte plaats voor een ander." in words


@pytest.mark.parametrize("column", COLUMNS)
def test_what_is_for_the_team_reaches_nobody_else(world: World, column: str) -> None:
    page = browser_of(world, column).go(where(world))
    assert page.status == 200
    assert outcome(page)["Totaal"][1:] == ["72,63", "58,68", "57,67"]
    with world.app.app_context():
        for score in rows(Score):
            assert score.reason not in page.html, "the reason of one assessor"
        for bid in rows(Bid):
            assert (bid.summary in page.words) is reads(world, column, bid)
            assert (dates.number(bid.price) in page.words) is reads(world, column, bid)
        for seat in rows(Seat):
            name = db.session.get_one(Person, seat.person_id).name
            assert (f'id="{seat.code}"' in page.html) is (column in TEAM)
            assert (str(name) in page.html) is (column in TEAM)
            assert seat.reason is None or (seat.reason in page.words) is (column in TEAM)


@pytest.mark.parametrize("column", COLUMNS)
def test_before_the_decision_is_sent_nothing_of_it_shows(world: World, column: str) -> None:
    with world.app.app_context():
        undecided()
    page = browser_of(world, column).go(where(world))
    assert page.status == 200
    assert page.heading == "Het team beoordeelt de plannen"
    for secret in ("72,63", "58,68", "57,67", "Onder de Brug wint", "BD-2026", "beoordeelden de plannen", "uitstekend"):
        assert secret not in page.html, secret
    with world.app.app_context():
        assert not any(each.reason in page.html for each in [*rows(Consensus), *rows(Score)])
        for bid in rows(Bid):
            mine = reads(world, column, bid)
            assert (bid.summary in page.words) is mine
            assert (bid.public_id in page.html) is mine
            if column not in TEAM:  # who declared a tie with whom stands in the team's own list
                assert (bid.organisation.name in page.words) is mine


@pytest.mark.parametrize("column", COLUMNS)
def test_a_sealed_bid_shows_to_nobody(world: World, column: str) -> None:
    with world.app.app_context():
        undecided()
        put(lambda: [setattr(bid, "sealed_until", clock.now() + timedelta(days=1)) for bid in rows(Bid)])
    page = browser_of(world, column).go(where(world))
    with world.app.app_context():
        for bid in rows(Bid):
            assert bid.summary not in page.words
            assert bid.public_id not in page.html
            assert dates.number(bid.price) not in page.words
            assert column in TEAM or bid.organisation.name not in page.words


def test_the_people_of_the_record_see_what_their_part_gives(world: World) -> None:
    """A member of the team, somebody with a tie, and somebody of an organisation that bid."""
    with world.app.app_context():
        undecided()
        emails = {
            person.code: person.email
            for person in db.session.scalars(db.select(Person).where(Person.home_id == place(FINISHED).id))
        }
    seen = {}
    for code in ("P-13", "P-04", "P-09"):
        browser = world.browser()
        browser.log_in(world.logins[emails[code]])
        page = browser.go(where(world))
        with world.app.app_context():
            bids = {bid.code for bid in rows(Bid) if bid.summary in page.words}
            seats = {seat.code for seat in rows(Seat) if f'id="{seat.code}"' in page.html}
        seen[code] = (bids, seats)
    assert seen == {
        "P-13": ({"IN-A", "IN-B", "IN-C"}, {f"BO-{number}" for number in range(1, 7)}),
        "P-04": (set(), {"BO-6"}),
        "P-09": ({"IN-B"}, set()),
    }


@pytest.mark.parametrize("column", COLUMNS)
def test_the_column_of_offers_says_what_the_policy_says(in_world: World, column: str) -> None:
    undecided()
    actor = column_actor(in_world, column, FINISHED)
    listed = {each.id for each in db.session.scalars(db.select(Bid).where(policy.offer_open_to(actor)))}
    assert listed == {bid.id for bid in rows(Bid) if may(actor, "read_offer", bid)}


@pytest.mark.parametrize("column", COLUMNS)
def test_everybody_within_twelve_questions(world: World, column: str) -> None:
    for slug in (OPEN, FINISHED):
        browser = browser_of(world, column, slug)
        path = where(world, slug)
        with counting(world.app) as asked:
            assert browser.go(path).status == 200
        assert len(asked) <= MOST, "\n".join(asked)


def test_a_neighbourhood_without_bids_says_what_comes(world: World) -> None:
    page = world.browser().go(where(world, OPEN))
    assert page.heading == "Nog geen plannen om te beoordelen"
    assert "U kunt er tot en met" in page.words
    assert "Het werk begint volgens de uitvraag op" in page.words
    for other in (WINNER, "72,63", FINISHED):
        assert other not in page.html


def _moved(state: str, **note: Any) -> None:
    """The open neighbourhood's call as it will be later."""
    call = first(Call, OPEN)

    def change() -> None:
        db.session.execute(db.text("UPDATE call SET state = :s WHERE id = :i"), {"s": state, "i": call.id})
        if note:
            today = clock.today()
            db.session.add(
                InformationNote(
                    neighbourhood_id=call.neighbourhood_id, code="NI-HO", call_id=call.id, questions_until=today,
                    published_on=today, closing_time=note["at"], closing_day=note["day"],
                )
            )  # fmt: skip

    put(change)
    db.session.expire_all()


def _planning(start: int) -> None:
    call, today = first(Call, OPEN), clock.today()

    def day(after: int) -> Any:
        return today + timedelta(days=start + after)

    planning = AssessmentPlanning(
        neighbourhood_id=call.neighbourhood_id, call_id=call.id, assess_from=day(0), assess_to=day(5),
        consensus_on=day(8), advice_on=day(10), decision_sent_on=day(15), standstill_days=20,
        standstill_last_day=day(35), contract_from=day(36),
    )  # fmt: skip
    put(lambda: db.session.add(planning))


def test_every_state_on_the_way_has_its_sentence(world: World) -> None:
    midnight = clock.local(clock.now()).time().replace(hour=12, minute=0, second=0, microsecond=0)
    with world.app.app_context():
        _moved("final")
    assert world.browser().go(where(world, OPEN)).heading == "Organisaties schrijven nu hun plan"
    with world.app.app_context():
        _moved("final", at=midnight, day=clock.today() + timedelta(days=9))
        closes = dates.day(clock.today() + timedelta(days=9), weekday=True)
    assert f"Meedoen kan tot en met {closes}." in world.browser().go(where(world, OPEN)).words
    with world.app.app_context():
        note = first(InformationNote, OPEN)
        put(lambda: setattr(note, "closing_day", clock.today() - timedelta(days=1)))
    page = world.browser().go(where(world, OPEN))
    assert page.heading == "De plannen zijn binnen"
    assert "Wanneer het team begint, is nog niet vastgelegd." in page.words
    with world.app.app_context():
        _planning(start=3)
        begins = dates.day(clock.today() + timedelta(days=3), weekday=True)
    assert f"Het team begint op {begins}." in world.browser().go(where(world, OPEN)).words
    with time_machine.travel(clock.now() + timedelta(days=4), tick=False):
        assert world.browser().go(where(world, OPEN)).heading == "Het team beoordeelt de plannen"


def test_during_the_standstill_it_says_until_when(world: World) -> None:
    with world.app.app_context():
        planning = first(AssessmentPlanning)
        last = clock.today() + timedelta(days=2)

        def waiting() -> None:
            planning.standstill_last_day, planning.contract_signed_on = last, None

        put(waiting)
        words = dates.day(last, weekday=True)
    page = world.browser().go(where(world))
    assert f"Wie het er niet mee eens is, kan tot en met {words} naar de rechter." in page.words
    with time_machine.travel(clock.end_of(last), tick=False):
        after = world.browser().go(where(world))
    assert "De wachttijd is voorbij." in after.words
    assert "naar de rechter." in after.words, "the planning still tells what the time was for"


def _level(*, lots: bool) -> None:
    """The first two bids with the same exact total, by score or by lot."""
    bids = {bid.code: bid for bid in rows(Bid)}

    def same() -> None:
        bids["IN-C"].price = bids["IN-B"].price
        for each in rows(Consensus):
            if each.bid_id == bids["IN-C"].id:
                twin = next(
                    one for one in rows(Consensus)
                    if one.bid_id == bids["IN-B"].id and one.criterion_id == each.criterion_id
                )  # fmt: skip
                each.value = twin.value
        if lots:
            decision = first(Decision)
            for position, code in enumerate(("IN-C", "IN-B")):
                db.session.add(
                    DrawnLot(
                        neighbourhood_id=decision.neighbourhood_id, decision_id=decision.id, bid_id=bids[code].id,
                        position=position,
                    )
                )  # fmt: skip
        else:  # K3 and K4 weigh the same: one up, the other down
            for each in rows(Consensus):
                if each.bid_id == bids["IN-C"].id and each.criterion.code in ("K3", "K4"):
                    each.value = Decimal(6) if each.criterion.code == "K3" else Decimal(8)

    put(same)


def test_a_lot_is_told(world: World) -> None:
    with world.app.app_context():
        _level(lots=True)
    page = world.browser().go(where(world))
    assert page.heading == f"De opdracht gaat naar {SECOND}"
    assert f"{SECOND} en {WINNER} kregen precies evenveel punten." in page.words
    assert "Daarom besliste het lot." in page.words


def test_too_little_quality_cannot_win(world: World) -> None:
    with world.app.app_context():
        put(lambda: [setattr(each, "value", Decimal(4)) for each in rows(Consensus) if each.bid.code == "IN-A"])
    page = world.browser().go(where(world))
    assert f"{THIRD} kreeg minder dan 45 punten voor kwaliteit. Dat plan kan niet winnen." in page.words
    assert "te weinig kwaliteit" in page.words


def test_nobody_wins_when_nothing_is_good_enough(world: World) -> None:
    with world.app.app_context():
        put(lambda: [setattr(each, "value", Decimal(2)) for each in rows(Consensus)])
    assert world.browser().go(where(world)).heading == "Geen van de plannen was goed genoeg"


def test_a_call_without_its_criteria_shows_the_decision_alone(world: World) -> None:
    with world.app.app_context():
        put(lambda: db.session.execute(db.text("DELETE FROM link WHERE relation = 'judged_by'")))
    page = world.browser().go(where(world))
    assert page.status == 200
    assert "Onder de Brug wint" in page.words
    assert "De uitslag per criterium is niet vastgelegd." in page.words


def test_a_sealed_call_has_no_page(world: World) -> None:
    with world.app.app_context():
        call = first(Call)
        put(lambda: setattr(call, "sealed_until", clock.now() + timedelta(days=1)))
    assert world.browser().go(where(world)).status == 404
    assert world.browser().go("/uitvragen/nergens/beoordeling").status == 404


def test_each_thing_knows_its_place(in_request: World) -> None:
    here = where(in_request)

    def found(model: type) -> list[str]:
        return [path for path in offers.ask("address", first(model)) if path]

    bid = first(Bid)
    assert found(Bid) == found(Score) == found(Consensus) == [f"{here}#{bid.public_id}"]
    assert found(Decision) == [f"{here}#BD-2026"]
    assert found(Seat) == [f"{here}#BO-1"]
    assert found(AssessmentPlanning) == [here]


def test_the_newest_call_is_the_one_of_the_circle(in_world: World) -> None:
    found = queries.newest(column_actor(in_world, "visitor", OPEN), place(OPEN))
    assert found is not None
    assert found.call.neighbourhood_id == place(OPEN).id


def test_the_circle_leads_to_the_page(world: World) -> None:
    for slug in (OPEN, FINISHED):
        assert world.browser().go(f"/wijken/{slug}").links["Beoordeling"] == where(world, slug)
