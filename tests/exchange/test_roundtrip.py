"""A whole neighbourhood in and out again: nothing is lost, nothing is invented, nothing of a refusal remains."""

import copy
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

import wijkplatform
from wijkplatform.agenda.models import Need
from wijkplatform.agenda.service import apply_need
from wijkplatform.core import db as database
from wijkplatform.core import trail
from wijkplatform.core.actor import VISITOR, takeover
from wijkplatform.core.db import Base, Placed, begin_writing, db, model_of
from wijkplatform.core.errors import Refused
from wijkplatform.exchange import computed, writing
from wijkplatform.exchange.directory import Directory, read, read_mapping
from wijkplatform.exchange.dump import dump_neighbourhood
from wijkplatform.exchange.equal import differences
from wijkplatform.exchange.fields import Time
from wijkplatform.exchange.load import load_directory
from wijkplatform.exchange.tables import FILES
from wijkplatform.features import FEATURES
from wijkplatform.index.models import Entry, Link
from wijkplatform.people.models import Person
from wijkplatform.places.models import Area, Neighbourhood, Role, Voice
from wijkplatform.places.service import give_mandate
from wijkplatform.plans.models import Section, Writer
from wijkplatform.plans.service import apply_save
from wijkplatform.rounds.models import Support
from wijkplatform.texts.service import apply_version

ROOT = Path(wijkplatform.__file__).parent
Data = dict[str, dict[str, Any]]
NewDatabase = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def new_database(tmp_path: Path) -> NewDatabase:
    """Each call is an empty database of its own, for as long as the `with` lasts."""
    numbers = iter(range(100))

    @contextmanager
    def open_one() -> Iterator[None]:
        app = Flask("wijkplatform")
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{tmp_path}/{next(numbers)}.sqlite3"
        database.init(app)
        for feature in FEATURES:
            if (ROOT / feature / "exchange.py").exists():
                import_module(f"wijkplatform.{feature}").register(app)
        with app.app_context():
            Base.metadata.create_all(db.engine)
            begin_writing()
            db.session.add(trail.ChainHead(number=0, hash=trail.GENESIS))
            trail.commit()
            yield
            db.session.remove()
            db.engine.dispose()

    return open_one


@pytest.fixture
def store(new_database: NewDatabase) -> Iterator[None]:
    with new_database():
        yield


def take_over(data: Data, **options: Any) -> Neighbourhood:
    found = load_directory(data, takeover(), **options)
    trail.commit()
    return found


def in_bytes(data: Data) -> dict[str, str]:
    return {file: writing.text_of(file, data[file]) for file in FILES}


#: Blocks that are null, and not empty, while a neighbourhood has not come so far.
MAY_BE_NULL = (
    "nota", "plan", "criteria_set", "toelichting_wijzigingen", "uitvraag", "nota_van_beantwoording",
    "nota_van_inlichtingen", "planning", "gunning", "overeenkomst", "overdracht",
)  # fmt: skip


def cut(data: Data, last: int) -> Data:
    """The neighbourhood as it was when only files 00 to `last` had something in them."""
    kept = {}
    for number, (name, content) in enumerate(data.items()):
        empty = {block: None if block in MAY_BE_NULL else type(value)() for block, value in content.items()}
        kept[name] = copy.deepcopy(content) if number <= last else empty
    if last < 12:  # a course that no adjustment changed yet
        for agreement in kept["10_prestatieafspraken.yaml"]["afspraken"]:
            if "hulpindicator" in agreement:
                del agreement["hulpindicator"]["verloop"][1:]
    return read_mapping(computed.complete(kept)).data


@pytest.mark.parametrize("name", ["zuiderkwartier", "huizum-oost"])
def test_an_export_equals_the_import_and_its_import_gives_the_same_bytes(
    name: str, new_database: NewDatabase, tmp_path: Path
) -> None:
    data = read(ROOT / "demo" / name).data
    with new_database():
        first = dump_neighbourhood(take_over(data))
        assert differences(data, first) == []
    writing.write(tmp_path / "out", first)
    with new_database():
        again = take_over(read(tmp_path / "out").data)
        assert in_bytes(dump_neighbourhood(again)) == in_bytes(first)
        assert in_bytes(dump_neighbourhood(again)) == in_bytes(first)


@pytest.mark.parametrize("last", range(1, 15))
def test_a_neighbourhood_that_stopped_half_way_comes_back_equal(last: int, store: None, demo: Directory) -> None:
    data = cut(demo.data, last)
    assert differences(data, dump_neighbourhood(take_over(data))) == []


def test_what_needs_no_call_stands_without_one(store: None, hood: Any, demo: Directory) -> None:
    """Lots, principles and a note without questions are allowed before there is a call, a memorandum or a plan."""
    hood.data = cut(demo.data, 2)
    hood["percelen"] = demo.data["06_uitvraag.yaml"]["percelen"]
    hood["uitgangspunten"] = demo.data["03_nota_van_uitgangspunten.yaml"]["uitgangspunten"]
    note = demo.data["08_nota_van_beantwoording_en_inlichtingen.yaml"]["nota_van_inlichtingen"]
    hood["nota_van_inlichtingen"] = {**note, "vragen": []}
    data = hood.check().data
    assert differences(data, dump_neighbourhood(take_over(data))) == []


@pytest.fixture
def odd(hood: Any) -> Data:
    """Everything the format allows and the demo does not have."""
    hood["reacties"].reverse()  # replies stand before what they reply to
    hood("UA-08")["concept"] = "aaaa evenredig over de wijk verdeeld aaaa evenredig  \n\n\tx\u2028\u202eq "
    hood("R-17").update(citaat="aaa", voorkomen=3)  # overlaps count
    hood("R-18").update(citaat="aaa")  # which one is not said
    hood("R-01").update(taal="fy", steun=4)
    hood("R-03").update(namens="ORG-DWARS")  # said, although nothing else was possible
    hood("UA-01").update(taal="tr")
    hood("UA-02")["versie_teksten"] = [{"versie": 2, "titel": "Ouder"}]
    hood("UA-03")["versie_teksten"] = [{"versie": 2}]
    hood("UA-04")["versie_teksten"] = [{"versie": 2, "titel": "Ouder", "tekst": "oud"}]
    hood("WS-01")["versie_teksten"] = [{"versie": 1}, {"versie": 2, "tekst": "twee"}]
    hood("WS-02")["versie_teksten"] = [{"versie": 1, "titel": "Wees"}, {"versie": 2, "tekst": " twee "}]
    hood("WS-03")["versie_teksten"] = [{"versie": 1, "tekst": hood("WS-03")["tekst"]}, {"versie": 2, "tekst": "b"}]
    hood("BH-01").update(taal="ar")
    del hood("BH-02")["herkomst"], hood("BH-03")["thema"], hood["uitvraag"]["looptijd"]["verlenging"]
    hood("IM-01").update(datum=date(2024, 2, 29))
    hood("IM-02").update(datum=date(2024, 10, 27), tijd=Time.parse("02:30:05+01:00"))
    hood("IM-03").update(datum=date(2024, 10, 27), tijd=Time.parse("02:30+02:00"))
    hood("IM-04").update(datum=date(2025, 3, 31), tijd=Time.parse("02:30"))  # a year earlier spring skips it
    return read_mapping(computed.complete(hood.data)).data


@pytest.mark.parametrize("years", [0, 1, -1, 3])
def test_whatever_the_format_allows_comes_back_also_when_dates_were_moved(years: int, store: None, odd: Data) -> None:
    place = take_over(odd, shift_years=years)
    assert place.plan_start.year == odd["00_gebied.yaml"]["wijk"]["planperiode"]["start"].year + years
    assert differences(odd, dump_neighbourhood(place)) == []


def test_a_shift_that_leaves_the_calendar_is_refused(store: None, demo: Directory) -> None:
    with pytest.raises(Refused, match="buiten de kalender"):
        load_directory(demo.data, takeover(), shift_years=9000)
    assert rows_per_model() == {}


def placed_models() -> list[type[Any]]:
    return [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Placed)]


def rows_per_model(place: Neighbourhood | None = None) -> dict[str, int]:
    """How many rows there are of each kind that belongs to a neighbourhood, leaving out what has none."""
    counts = {}
    for model in placed_models():
        query = select(func.count()).select_from(model)
        counts[model.__name__] = db.session.scalar(query.where(model.neighbourhood_id == place.id) if place else query)
    return {name: number for name, number in counts.items() if number}


def test_the_same_codes_in_two_neighbourhoods_do_not_touch(store: None, hood: Any, demo: Directory) -> None:
    first = take_over(demo.data)
    before = rows_per_model(first)
    hood["gemeente"]["id"] = "GM-ELDERS"
    second = take_over(hood.data)
    assert rows_per_model(first) == rows_per_model(second) == before
    assert {first.slug, second.slug} == {"zuiderkwartier", "zuiderkwartier-2"}
    assert first.municipality_id != second.municipality_id
    assert differences(demo.data, dump_neighbourhood(first)) == []
    assert differences(hood.data, dump_neighbourhood(second)) == []


def test_links_rows_and_voices_stay_within_their_neighbourhood(store: None, hood: Any, demo: Directory) -> None:
    take_over(demo.data)
    hood["gemeente"]["id"] = "GM-ELDERS"
    take_over(hood.data)
    links = db.session.scalars(select(Link)).all()
    assert len(links) > 100
    for link in links:
        ends = [(link.source_kind, link.source_id), (link.target_kind, link.target_id)]
        assert {db.session.get(model_of(kind), id_).neighbourhood_id for kind, id_ in ends} == {link.neighbourhood_id}
    for model in placed_models():
        for column in model.__table__.columns:
            for key in column.foreign_keys:
                target = key.column.table.alias()
                home = target.c.get("neighbourhood_id", target.c.get("home_id"))
                if home is None:
                    continue
                strays = select(func.count()).select_from(
                    model.__table__.join(target, column == target.c[key.column.name])
                ).where(model.__table__.c.neighbourhood_id != home)  # fmt: skip
                assert db.session.scalar(strays) == 0, f"{model.__name__}.{column.name}"


def test_the_chain_is_whole_and_every_event_is_taken_over(store: None, demo: Directory) -> None:
    place = take_over(demo.data)
    assert list(trail.faults()) == []
    events = db.session.scalars(select(trail.Event)).all()
    assert all(event.taken_over and event.neighbourhood_id == place.id for event in events)


def test_every_thing_leaves_one_event_and_only_known_days(store: None, demo: Directory) -> None:
    take_over(demo.data)
    events = Counter((event.thing_kind, event.thing_id) for event in db.session.scalars(select(trail.Event)))
    once = ("need", "moment", "principle", "memorandum", "lot", "response_note", "information_note", "question")
    for entry in db.session.scalars(select(Entry).where(Entry.kind.in_(once))):
        assert events[entry.kind, entry.thing_id] == 1, entry.code
    #: a remark and its answer; a text for each version; plan and call for each edition as well
    assert {events["remark", e.thing_id] for e in entries("remark")} == {2}
    assert sorted(events["section", e.thing_id] for e in entries("section")) == [1] * 9 + [2]
    assert sorted(events["article", e.thing_id] for e in entries("article")) == [2] * 10 + [3] * 2
    assert [events["plan", e.thing_id] for e in entries("plan")] == [4]
    said = {event.verb: event.happened_precision for event in db.session.scalars(select(trail.Event))}
    assert said["need.raised"] == said["section.saved"] == said["remark.answered"] == "unknown"
    assert said["plan.adopted"] == said["call.clarified"] == said["response_note.published"] == "day"


def entries(kind: str) -> list[Entry]:
    return list(db.session.scalars(select(Entry).where(Entry.kind == kind)))


def test_a_neighbourhood_that_is_there_is_refused_and_nothing_changes(store: None, demo: Directory) -> None:
    take_over(demo.data)
    before, head = rows_per_model(), trail.head()
    with pytest.raises(Refused, match=r"De wijk WK-ZUID van gemeente .* is er al"):
        load_directory(demo.data, takeover())
    trail.commit()
    assert (rows_per_model(), trail.head()) == (before, head)


def test_what_breaks_off_leaves_nothing_and_can_be_done_again(store: None, hood: Any, demo: Directory) -> None:
    hood("SG-01")["gemeld_door"] = "P-999"  # the last file but one; a checked directory cannot have this
    with pytest.raises(KeyError):
        load_directory(hood.data, takeover())
    trail.commit()
    assert rows_per_model() == {}
    assert db.session.scalar(select(func.count()).select_from(Person)) == 0
    assert trail.head() == (0, trail.GENESIS)
    take_over(demo.data)
    assert list(trail.faults()) == []


def test_progress_rises_to_the_total(store: None, demo: Directory) -> None:
    seen: list[tuple[int, int]] = []
    place = take_over(demo.data, progress=lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen)
    assert len({total for _, total in seen}) == 1
    assert seen[-1][0] == seen[-1][1] > 150
    assert len({done for done, _ in seen}) > 100
    out: list[tuple[int, int]] = []
    dump_neighbourhood(place, progress=lambda done, total: out.append((done, total)))
    assert out == sorted(out)
    assert out[-1] == (16, 16)


# What was made here since -----------------------------------------------------------------------------------


@pytest.fixture
def place(store: None, demo: Directory) -> Neighbourhood:
    return take_over(demo.data)


def a_voice(place: Neighbourhood, name: str | None, hat: str, kind: str, person: Person | None = None) -> Voice:
    voice = Voice(neighbourhood_id=place.id, name=name, hat=hat, kind=kind, person_id=person.id if person else None)
    db.session.add(voice)
    db.session.flush()
    return voice


def a_need(place: Neighbourhood, code: str, voice: Voice) -> Need:
    area = db.session.scalars(select(Area).where(Area.neighbourhood_id == place.id)).first()
    return apply_need(
        VISITOR, place.id, code=code, title="Een bankje", text="Bij de brug.", voice=voice, areas=[area],
        raised_at=datetime(2027, 1, 5, 12, tzinfo=UTC),
    )  # fmt: skip


def test_support_given_here_comes_on_top(place: Neighbourhood, demo: Directory) -> None:
    begin_writing()
    need = db.session.scalars(select(Need).where(Need.code == "BH-01")).one()
    voice = db.session.scalars(select(Voice)).first()
    for person in db.session.scalars(select(Person).limit(3)):
        db.session.add(
            Support(
                neighbourhood_id=place.id, thing_kind="need", thing_id=need.id, person_id=person.id, voice_id=voice.id
            )
        )
    trail.commit()
    needs = dump_neighbourhood(place)["02_bewonersagenda.yaml"]["behoeften"]
    before = demo.data["02_bewonersagenda.yaml"]["behoeften"]
    assert [new["steun"] - old["steun"] for new, old in zip(needs, before, strict=True)] == [3] + [0] * 11


def test_guests_and_people_of_an_account_become_persons_of_the_file(place: Neighbourhood, demo: Directory) -> None:
    begin_writing()
    account = Person(name="Achternaam van Iemand", email="iemand@voorbeeld.nl")
    db.session.add(account)
    db.session.flush()
    a_voice(place, None, "bewoner", "resident")  # said nothing that travels
    a_need(place, "BH-13", a_voice(place, None, "bewoner Havenblokken", "resident", account))
    a_need(place, "BH-14", a_voice(place, "Gast Ayşe", "gespreksleider", "facilitator"))
    trail.commit()
    out = dump_neighbourhood(place)
    people, needs = out["01_organisaties_rollen_centra.yaml"]["personen"], out["02_bewonersagenda.yaml"]["behoeften"]
    assert [need["indiener"] for need in needs[12:]] == ["P-19", "P-20"]
    assert people[17:] == [
        {"id": "P-19", "naam": "Bewoner Havenblokken", "mandaten": [{"rol": "bewoner"}]},
        {"id": "P-20", "naam": "Gast Ayşe", "mandaten": [{"rol": "facilitator"}]},
    ]
    assert "Achternaam" not in str(out)
    assert in_bytes(read_mapping(out).data) == in_bytes(out) == in_bytes(dump_neighbourhood(place))
    assert people[:17] == demo.data["01_organisaties_rollen_centra.yaml"]["personen"]


def test_who_wears_a_hat_here_without_having_spoken_can_be_named(place: Neighbourhood) -> None:
    begin_writing()
    account = Person(name="Wies Zwijger", email="wies@voorbeeld.nl")
    db.session.add(account)
    db.session.flush()
    maker = db.session.scalars(select(Role).where(Role.code == "sociaal_makelaar")).one()
    give_mandate(place, account, maker)
    section = db.session.scalars(select(Section).order_by(Section.position)).first()
    db.session.add(Writer(neighbourhood_id=place.id, section_id=section.id, person_id=account.id, position=9))
    trail.commit()
    out = dump_neighbourhood(place)
    assert out["04_wijkplan.yaml"]["secties"][0]["schrijvers"][-1] == "P-18"
    assert out["01_organisaties_rollen_centra.yaml"]["personen"][-1] == {
        "id": "P-18", "naam": "Wies Zwijger", "mandaten": [{"rol": "sociaal_makelaar"}],
    }  # fmt: skip


def test_saves_since_the_last_version_become_one_added_version(place: Neighbourhood, demo: Directory) -> None:
    begin_writing()
    voices = db.session.scalars(select(Voice).where(Voice.person_id.is_not(None)).limit(2)).all()
    saved = ((0, "Eerst dit.", 8), (0, "Toen dat.", 9), (3, "Ook hier.", 7))
    for number, body, day in saved:
        section = db.session.scalars(select(Section).order_by(Section.position)).all()[number]
        version = apply_version(
            section.text, section.title, body, voice=voices[number == 0], made_precision="second",
            made_at=datetime(2027, 2, day, 23, 30, tzinfo=UTC),
        )  # fmt: skip
        apply_save(VISITOR, section, version)
    trail.commit()
    out = read_mapping(dump_neighbourhood(place)).data
    plan, old = out["04_wijkplan.yaml"], demo.data["04_wijkplan.yaml"]
    writer = db.session.get(Person, voices[1].person_id)
    assert plan["plan"]["status"] == "schrijfversie"
    assert plan["plan"]["versies"][:3] == old["plan"]["versies"]
    assert plan["plan"]["versies"][3:] == [
        {
            "nummer": 4, "datum": date(2027, 2, 10), "status": "schrijfversie", "door": writer.code,
            "opmerking": "Bijgewerkt na versie 3",
        }
    ]  # fmt: skip
    first, second = plan["secties"][:2]
    assert (first["tekst"], plan["secties"][3]["tekst"]) == ("Toen dat.", "Ook hier.")
    assert first["versie_teksten"] == [{"versie": 3, "tekst": old["secties"][0]["tekst"]}]
    assert second == old["secties"][1]
    assert plan["secties"][9]["versie_teksten"] == old["secties"][9]["versie_teksten"]
