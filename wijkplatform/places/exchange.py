"""Files 00 and 01: the neighbourhood and its areas, organisations, roles, people and centres."""

from typing import Any

from sqlalchemy import select

from wijkplatform.core import trail
from wijkplatform.core.db import db
from wijkplatform.core.transfer import Dump, Load
from wijkplatform.core.words import _l
from wijkplatform.people.models import Person
from wijkplatform.places import service
from wijkplatform.places.models import Area, Centre, Mandate, Municipality, Neighbourhood, Organisation, Role

KINDS = {
    "gemeente": "municipality",
    "welzijnsorganisatie": "welfare",
    "koepel_zelfbeheer": "umbrella",
    "bewonersvertegenwoordiging": "residents",
    "ketenpartner": "chain_partner",
    "overig": "other",
}
FORMS = {"zelfbeheer": "self_managed", "medebeheer": "co_managed"}
IN_DUTCH = {value: key for key, value in (KINDS | FORMS).items()}

trail.declare(
    {
        "neighbourhood.taken_over": _l("nam de wijk over uit een bestand"),
        "organisation.taken_over": _l("nam een organisatie over"),
        "centre.taken_over": _l("nam een centrum over"),
    }
)
trail.declare({"person.taken_over": _l("nam iemand over")}, public=False)


def take_over(load: Load) -> None:
    _neighbourhood(load)
    _organisations(load)
    _people_and_centres(load)


def _neighbourhood(load: Load) -> None:
    town, place = load.file(0)["gemeente"], load.file(0)["wijk"]
    municipality = Municipality(
        code=town["id"], name=town["naam"], cbs_code=town["cbs_code_fictief"], inhabitants=town["inwoners"]
    )
    db.session.add(municipality)
    db.session.flush()
    load.neighbourhood = Neighbourhood(
        municipality_id=municipality.id, code=place["id"], slug=service.new_slug(place["naam"]), name=place["naam"],
        cbs_code=place["cbs_code_fictief"], inhabitants=place["inwoners"], description=place["omschrijving"],
        plan_start=place["planperiode"]["start"], plan_end=place["planperiode"]["eind"],
        shifted_years=load.shifted_years,
    )  # fmt: skip
    db.session.add(load.neighbourhood)
    db.session.flush()
    load.rows[place["id"]] = load.neighbourhood
    load.record("neighbourhood.taken_over", load.neighbourhood, facts={"code": place["id"], "gemeente": town["id"]})
    for position, each in enumerate(load.file(0)["buurten"]):
        area = Area(
            neighbourhood_id=load.neighbourhood.id, code=each["id"], position=position, name=each["naam"],
            cbs_code=each["cbs_code_fictief"], inhabitants=each["inwoners"], vulnerable=each["kwetsbaar"],
            low_income=each["pct_laag_inkomen"], lonely=each["pct_eenzaam"], children=each["pct_kinderen"],
        )  # fmt: skip
        load.keep(area, area.name)


def _organisations(load: Load) -> None:
    for position, each in enumerate(load.file(1)["organisaties"]):
        organisation = Organisation(
            neighbourhood_id=load.neighbourhood.id, code=each["id"], position=position, name=each["naam"],
            kind=KINDS[each["soort"]], note=each.get("opmerking"),
        )  # fmt: skip
        load.keep(organisation, organisation.name)
        load.record("organisation.taken_over", organisation)
    for position, each in enumerate(load.file(1)["rollen"]):
        load.rows[each["id"]] = service.add_role(load.neighbourhood, each["id"], each["naam"], position=position)


def _people_and_centres(load: Load) -> None:
    for position, each in enumerate(load.file(1)["centra"]):
        centre = Centre(
            neighbourhood_id=load.neighbourhood.id, code=each["id"], position=position, name=each["naam"],
            form=FORMS[each["beheer"]], area_id=load.row(each["buurt"]).id, kind=each["soort"],
            volunteers=each["vrijwilligers"], hours=each["opening_uren_week"],
        )  # fmt: skip
        load.keep(centre, centre.name)
        load.record("centre.taken_over", centre)
    for position, each in enumerate(load.file(1)["personen"]):
        area = load.row(each.get("buurt"))
        person = Person(
            home_id=load.neighbourhood.id, code=each["id"], position=position, name=each["naam"],
            area_id=area.id if area else None,
        )  # fmt: skip
        db.session.add(person)
        db.session.flush()
        load.rows[each["id"]] = person
        for order, mandate in enumerate(each["mandaten"]):
            service.give_mandate(
                load.neighbourhood, person, load.row(mandate["rol"]),
                organisation=load.row(mandate.get("organisatie")), centre=load.row(mandate.get("centrum")),
                first_day=mandate.get("vanaf"), last_day=mandate.get("tot"), position=order,
            )  # fmt: skip


def write_out(dump: Dump) -> None:
    place, municipality = dump.neighbourhood, dump.neighbourhood.municipality
    dump.file(0).update(
        formaat=1,
        gemeente={
            "id": municipality.code, "naam": municipality.name, "cbs_code_fictief": municipality.cbs_code,
            "inwoners": municipality.inhabitants,
        },
        wijk={
            "id": place.code, "naam": place.name, "cbs_code_fictief": place.cbs_code, "inwoners": place.inhabitants,
            "omschrijving": place.description, "planperiode": {"start": place.plan_start, "eind": place.plan_end},
        },
        buurten=[
            {
                "id": area.code, "naam": area.name, "cbs_code_fictief": area.cbs_code, "inwoners": area.inhabitants,
                "kwetsbaar": area.vulnerable, "pct_laag_inkomen": area.low_income, "pct_eenzaam": area.lonely,
                "pct_kinderen": area.children,
            }
            for area in dump.all(Area)
        ],
    )  # fmt: skip
    dump.file(1).update(
        organisaties=[
            {"id": each.code, "naam": each.name, "soort": IN_DUTCH[each.kind], "opmerking": each.note}
            for each in dump.all(Organisation)
        ],
        rollen=[{"id": each.code, "naam": each.name} for each in dump.all(Role) if not each.invented],
        personen=_people(dump),
        centra=[
            {
                "id": each.code, "naam": each.name, "beheer": IN_DUTCH[each.form],
                "buurt": dump.code("area", each.area_id), "soort": each.kind, "vrijwilligers": each.volunteers,
                "opening_uren_week": each.hours,
            }
            for each in dump.all(Centre)
        ],
    )  # fmt: skip


def _people(dump: Dump) -> list[dict[str, Any]]:
    people = db.session.scalars(
        select(Person).where(Person.home_id == dump.neighbourhood.id, Person.code.is_not(None))
        .order_by(Person.position, Person.id)
    )  # fmt: skip
    mandates: dict[int, list[Mandate]] = {}
    for mandate in dump.all(Mandate):
        if not mandate.invented:
            mandates.setdefault(mandate.person_id, []).append(mandate)
    return [
        {
            "id": person.code, "naam": person.name, "buurt": dump.code("area", person.area_id),
            "mandaten": [
                {
                    "rol": each.role.code, "organisatie": dump.code("organisation", each.organisation_id),
                    "centrum": dump.code("centre", each.centre_id), "vanaf": each.first_day, "tot": each.last_day,
                }
                for each in mandates.get(person.id, [])
            ],
        }
        for person in people
    ]  # fmt: skip
