"""Two accounts per role. The first of a role is somebody of the neighbourhood files where there is one; others are
invented and left out of exports. Every account has its role in both neighbourhoods, so that one can look around."""

from collections.abc import Sequence

from sqlalchemy import select

from wijkplatform.core.db import db
from wijkplatform.people.models import Person
from wijkplatform.people.queries import DEMO_DOMAIN
from wijkplatform.places import service
from wijkplatform.places.models import KNOWN_ROLES, Centre, Mandate, Neighbourhood, Organisation, Role

EXTRA_ROLES = {"facilitator": "Gespreksleider", "moderator": "Moderator", "beheerder": "Beheerder van de website"}
INVENTED_NAMES = (
    "Marjolein de Ruyter", "Idris Benhaddou", "Willemijn Postma", "Okan Yildirim", "Tineke van Asselt", "Ruben Soares",
    "Greetje Wiersma", "Mustafa Kocak", "Anouk Verstappen", "Hessel Dijkstra", "Naomi Pinas", "Gijs van der Laan",
    "Fatima Ouali", "Pieter-Jan Smit", "Roza Demir", "Sjoerd Hiemstra", "Lotte Brandsma", "Jamal el Idrissi",
    "Katrijn Maes", "Bas Terpstra", "Yara Haddad", "Douwe Reitsma", "Merel Kuipers", "Stanley Vrede",
    "Ineke Boonstra", "Tarik Aydin", "Eefje Mulder", "Wout Jansma", "Selma Kaya", "Hidde Bakker",
)  # fmt: skip
#: The organisation or centre an invented mandate belongs to, by role: (kind of organisation, form of centre).
BELONGS = {
    "bestuurslid_zelfbeheer": ("umbrella", "self_managed"),
    "vrijwilliger": (None, "self_managed"),
    "sociaal_makelaar": ("welfare", None),
    "sociaal_beheerder": ("welfare", "co_managed"),
    "jongerenwerker": ("welfare", None),
    "manager_welzijn": ("welfare", None),
    "beleidsregisseur": ("municipality", None),
    "inkoper": ("municipality", None),
    "wethouder": ("municipality", None),
    "bewonersbeoordelaar": ("residents", None),
    "inschrijver": ("welfare", None),
    "moderator": ("municipality", None),
}


def make(places: Sequence[Neighbourhood]) -> int:
    """Make what is missing; what is there stays, so that an interrupted build is completed. Returns how many."""
    names, made = iter(INVENTED_NAMES), 0
    for place in places:
        _roles(place)
    for role in KNOWN_ROLES:
        for number in (1, 2):
            name, email = next(names), f"{role.replace('_', '-')}-{number}{DEMO_DOMAIN}"
            if db.session.scalars(select(Person).where(Person.email == email)).first() is None:
                _account(places, role, number, name, email)
                made += 1
    db.session.flush()
    return made


def _roles(place: Neighbourhood) -> None:
    there = set(db.session.scalars(select(Role.code).where(Role.neighbourhood_id == place.id)))
    for position, (key, name) in enumerate(EXTRA_ROLES.items(), 900):
        if key not in there:
            service.add_role(place, key, name, position=position, invented=True)


def _account(places: Sequence[Neighbourhood], role: str, number: int, name: str, email: str) -> None:
    home = places[(number - 1) % len(places)]
    person = _somebody(home, role)
    if person is None:
        person = Person(name=name, invented=True)
        db.session.add(person)
    person.email = email
    db.session.flush()
    for place in places:
        if not _wears(person, place, role):
            _mandate(person, place, role)


def _somebody(place: Neighbourhood, role: str) -> Person | None:
    """Somebody of the files with this role and no account yet, the main role first."""
    return db.session.scalars(
        select(Person).join(Mandate, Mandate.person_id == Person.id).join(Role, Role.id == Mandate.role_id)
        .where(Mandate.neighbourhood_id == place.id, Role.code == role, Person.email.is_(None), Person.code.is_not(None))
        .order_by(Mandate.position, Person.position)
    ).first()  # fmt: skip


def _wears(person: Person, place: Neighbourhood, role: str) -> bool:
    query = select(Mandate).join(Role).where(
        Mandate.person_id == person.id, Mandate.neighbourhood_id == place.id, Role.code == role
    )  # fmt: skip
    return db.session.scalars(query).first() is not None


def _mandate(person: Person, place: Neighbourhood, key: str) -> None:
    role = db.session.scalars(select(Role).where(Role.neighbourhood_id == place.id, Role.code == key)).first()
    if role is None:
        role = service.add_role(place, key, key, position=800, invented=True)
    kind, form = BELONGS.get(key, (None, None))
    service.give_mandate(
        place, person, role, position=900, invented=True,
        organisation=_first(Organisation, place, kind=kind) if kind else None,
        centre=_first(Centre, place, form=form) if form else None,
    )  # fmt: skip


def _first(model: type, place: Neighbourhood, **which: str) -> object | None:
    query = select(model).filter_by(neighbourhood_id=place.id, **which).order_by(model.position.desc())
    return db.session.scalars(query).first()


def logins(address: str) -> dict[str, list[dict[str, str]]]:
    """What `demo-logins.json` holds: for every role its accounts and the reusable address of each."""
    found: dict[str, list[dict[str, str]]] = {}
    for role in KNOWN_ROLES:
        emails = [f"{role.replace('_', '-')}-{number}{DEMO_DOMAIN}" for number in (1, 2)]
        people = db.session.scalars(select(Person).where(Person.email.in_(emails)).order_by(Person.email))
        found[role] = [
            {"email": str(person.email), "url": f"{address}/demo/inloggen/{person.public_id}"} for person in people
        ]
    return found
