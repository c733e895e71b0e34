"""Getting in: asking for a mail, using its link or its code, and ending sessions.

Asking never looks whether an address has an account, so it cannot tell. An unknown address becomes an account when its
mail is used, for then somebody has shown that the address is theirs.
"""

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import current_app
from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session as DatabaseSession

from wijkplatform.core import clock, limits, mail, trail
from wijkplatform.core.actor import Actor
from wijkplatform.core.aside import aside
from wijkplatform.core.db import begin_writing, db, insert_or_leave, new_public_id
from wijkplatform.core.errors import Invalid, NotThere
from wijkplatform.core.limits import Limit
from wijkplatform.core.policy import demand
from wijkplatform.core.words import _, _l, _n
from wijkplatform.people import addresses, letters, queries, sessions
from wijkplatform.people.models import LoginRequest, Person, Session

trail.declare(
    {
        "person.created": _l("maakte een account"),
        "person.made_administrator": _l("werd beheerder van de website"),
        "person.login_link_made": _l("maakte een link om in te loggen"),
    },
    public=False,
)

LIFETIME = timedelta(minutes=10)
HOUR = timedelta(hours=1)
KEPT = timedelta(days=1)  #: how long a request stays after it is over
SESSIONS_KEPT = timedelta(days=7)

_enough_mail = _l("We stuurden net al een paar mails naar dit adres. Kijk ook bij de ongewenste mail.")
#: The count per address is per network first: whoever asks in somebody else's name does not use up their mails.
FROM_NETWORK = Limit("login_network", 100, HOUR, _l("Er wordt vanaf uw netwerk heel vaak om een inlogmail gevraagd."))
TO_ADDRESS_HERE = Limit("login_address_network", 5, HOUR, _enough_mail)
TO_ADDRESS = Limit("login_address", 15, HOUR, _enough_mail)
CODES = Limit("login_code", 20, HOUR, _l("Er zijn te veel codes geprobeerd. De link in uw mail werkt nog wel."))


@dataclass(frozen=True)
class Entry:
    """Somebody may come in: who, where to, and whether it counts as both factors."""

    person: Person
    next_path: str | None
    strong: bool


def ask(address: str, next_path: str | None, network: str | None) -> str:
    """Make a request to log in and post its mail; gives the request's public id. The same for every address."""
    email, here = addresses.normal(address), limits.network_of(network)
    with aside() as session:
        limits.take(session, FROM_NETWORK, here)
        limits.take(session, TO_ADDRESS_HERE, f"{email}\n{here}")
        limits.take(session, TO_ADDRESS, email)
        code = f"{secrets.randbelow(1_000_000):06d}"
        asked, token = _new_request(session, email, next_path=next_path, code=code)
        letters.login(email, link_path(token), code, until=asked.expires_at, session=session)
        return asked.public_id


def _new_request(session: DatabaseSession, email: str, **values: Any) -> tuple[LoginRequest, str]:
    """A request of which only hashes are kept, and the token of its link."""
    token, public_id, code = secrets.token_urlsafe(32), new_public_id(), values.pop("code", None)
    asked = LoginRequest(
        public_id=public_id, email=email, link_hash=sessions.hashed(token), expires_at=clock.now() + LIFETIME,
        code_hash=_code_hash(public_id, code) if code else None, **values,
    )  # fmt: skip
    session.add(asked)
    return asked, token


def link_path(token: str) -> str:
    return f"/inloggen/link/{token}"


def _code_hash(public_id: str, code: str) -> str:
    """Keyed, because six digits are soon guessed from a plain hash; bound to its request."""
    secret: str = current_app.config["SECRET_KEY"]
    return hmac.new(secret.encode(), f"login code\n{public_id}\n{code}".encode(), hashlib.sha256).hexdigest()


def over() -> Invalid:
    """The link or code opens nothing any more; the sentence says how to go on."""
    return Invalid("code", _("Deze link of code werkt niet meer. Vraag een nieuwe mail aan."))


def consume_link(token: str) -> Entry:
    """Use the link of a mail, once. Many at the same time: one gets in."""
    begin_writing()
    return _let_in(LoginRequest.link_hash == sessions.hashed(token), LoginRequest.tries < queries.MOST_TRIES)


def consume_code(request_id: str, code: str) -> Entry:
    """Use the code of a mail, once. Each try counts before it is looked at, so that guessing in parallel is no use."""
    digits = "".join(str(unicodedata.decimal(each)) for each in code if each.isdecimal())
    left = _try_code(request_id, digits)
    if left is not None:
        raise _wrong_code(left)
    begin_writing()
    return _let_in(LoginRequest.public_id == request_id)


def _try_code(request_id: str, digits: str) -> int | None:
    """None when the code is right; else how many tries are left. A request that is over has none."""
    mine = LoginRequest.public_id == request_id
    with aside() as session:
        tried = session.execute(
            update(LoginRequest).where(mine, *queries.usable()).values(tries=LoginRequest.tries + 1)
            .returning(LoginRequest.email, LoginRequest.code_hash, LoginRequest.tries)
        ).first()  # fmt: skip
        if tried is None:
            raise over()
        limits.take(session, CODES, tried.email)
        right = hmac.compare_digest(tried.code_hash or "", _code_hash(request_id, digits))
        return None if right else queries.MOST_TRIES - tried.tries


def _wrong_code(left: int) -> Invalid:
    if left <= 0:
        return Invalid("code", _("Dit was vijf keer een verkeerde code. Vraag een nieuwe mail aan."))
    return Invalid(
        "code",
        _n(
            "Typ de zes cijfers over uit de nieuwste mail. U kunt het nog %(n)s keer proberen.",
            "Typ de zes cijfers over uit de nieuwste mail. U kunt het nog %(n)s keer proberen.",
            n=left,
        ),
    )


def _let_in(*which: Any) -> Entry:
    """Mark the request as used, under lock and only once, and find or make the account of its address."""
    now = clock.now()
    used = db.session.execute(
        update(LoginRequest)
        .where(*which, LoginRequest.used_at.is_(None), LoginRequest.expires_at > now)
        .values(used_at=now)
        .returning(LoginRequest.email, LoginRequest.next_path, LoginRequest.strong)
    ).first()
    if used is None:
        db.session.rollback()  # nothing was changed: the lock is for others
        raise over()
    return Entry(_account_of(used.email), used.next_path, used.strong)


def _account_of(email: str) -> Person:
    """The account of an address that somebody showed to be theirs; a new one leaves an event."""
    person = queries.account(email)
    if person is not None:
        return person
    made = db.session.scalar(insert_or_leave(Person, {"email": email}).returning(Person.id))
    person = db.session.scalars(select(Person).where(Person.email == email)).one()
    if made is not None:  # else another link of the same address was just ahead of this one
        trail.record(Actor(person_id=person.id), "person.created", person)
    return person


def create(actor: Actor, address: str, *, name: str | None = None, invented: bool = False) -> Person:
    """Make an account without a mail: the first administrator, and the invented accounts of the demo."""
    email = addresses.normal(address)
    begin_writing()
    if queries.account(email) is not None:
        raise Invalid("email", _("Bij dit adres hoort al een account."))
    person = Person(email=email, name=name, invented=invented)
    db.session.add(person)
    trail.record(actor, "person.created", person)
    return person


def make_administrator(actor: Actor, address: str) -> str:
    """The account of an address becomes administrator of the installation; made when there is none. Gives the address."""
    email = addresses.normal(address)
    begin_writing()
    person = queries.account(email) or create(actor, email)
    if not person.administrator:
        person.administrator = True
        trail.record(actor, "person.made_administrator", person)
    return email


def login_link(actor: Actor, address: str) -> str:
    """A link that logs in without a mail and counts as both factors; made on the server alone, and logged."""
    person = queries.account(addresses.normal(address))
    if person is None or person.email is None:
        raise NotThere(_("Bij dit adres hoort geen account."))
    demand(actor, "make_login_link", person)
    begin_writing()
    _asked, token = _new_request(db.session(), person.email, strong=True)
    trail.record(actor, "person.login_link_made", person)
    return f"{mail.settings().address}{link_path(token)}"


def demo_entry(public_id: str, next_path: str | None = None) -> Entry:
    """Come in as an account of the demo, second factor off. Anywhere else this door is not there."""
    person = queries.demo_account(public_id)
    if person is None:
        raise NotThere(_("Deze bladzijde is er niet."))
    return Entry(person, next_path, strong=True)


def leave() -> None:
    """End the session of this request, if there is one."""
    here = sessions.current().row
    if here is not None:
        sessions.end(here.id)


def end_session(actor: Actor, session: Session) -> None:
    """End one of one's own sessions."""
    demand(actor, "end", session)
    sessions.end(session.id)


def end_other_sessions(actor: Actor) -> None:
    """End all of one's own sessions but the one this is asked from."""
    here = sessions.current().row
    others = update(Session).where(Session.person_id == actor.person_id, Session.ended_at.is_(None))
    if here is not None:
        others = others.where(Session.id != here.id)
    with aside() as session:
        session.execute(others.values(ended_at=clock.now()))


def close_doors() -> None:
    """After a restore everybody logs in anew: a session that was ended since the back-up does not come alive again."""
    begin_writing()
    db.session.execute(update(Session).where(Session.ended_at.is_(None)).values(ended_at=clock.now()))
    db.session.execute(update(LoginRequest).where(LoginRequest.used_at.is_(None)).values(used_at=clock.now()))


def clean() -> None:
    """Forget requests, sessions and attempts that are over. The worker calls it every hour."""
    now = clock.now()
    gone = (Session.ended_at, now), (Session.created_at, now - sessions.LONGEST), (Session.seen_at, now - sessions.IDLE)
    with aside() as session:
        session.execute(delete(LoginRequest).where(LoginRequest.expires_at < now - KEPT))
        session.execute(delete(Session).where(or_(*(when < instant - SESSIONS_KEPT for when, instant in gone))))
    limits.clean()
