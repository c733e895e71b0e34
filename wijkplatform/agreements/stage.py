"""What the agreements answer when others ask: how far they are, what can be followed now, and where a thing is shown."""

from typing import Any

from flask import url_for

from wijkplatform.agreements import queries
from wijkplatform.agreements.models import (
    Action,
    Adjustment,
    Agreement,
    AuxiliaryIndicator,
    Contract,
    Conversation,
    CourseEntry,
    Indicator,
    Milestone,
    PlannedConversation,
    Signal,
    Standing,
)
from wijkplatform.core import clock
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import db
from wijkplatform.core.offers import OpenNow, Stage
from wijkplatform.core.words import _, _n
from wijkplatform.places import queries as places
from wijkplatform.places.models import Neighbourhood
from wijkplatform.web import dates


def stages(neighbourhood: Neighbourhood, actor: Actor) -> list[Stage]:
    found = queries.summary(actor, neighbourhood)
    contracts, number, last = found.contracts, found.agreements, found.last_talk
    href = url_for("agreements.agreements", slug=neighbourhood.slug)
    if not contracts:
        return [Stage(6, _("Afspraken"), "next", _("Nog niet begonnen."), href)]
    first, until = min(each.first_day for each in contracts), dates.day(max(each.last_day for each in contracts))
    if not clock.reached(clock.start_of(first)):
        begin = dates.day(first)
        sentence = _n("%(n)s afspraak, vanaf %(day)s.", "%(n)s afspraken, vanaf %(day)s.", n=number, day=begin)
    else:
        sentence = _n(
            "%(n)s afspraak, tot en met %(day)s.", "%(n)s afspraken, tot en met %(day)s.", n=number, day=until
        )
    if last is not None:
        sentence += " " + _("Laatste gesprek op %(day)s.", day=dates.day(last))
    return [Stage(6, _("Afspraken"), "done", sentence, href)]


def open_now(neighbourhood: Neighbourhood, actor: Actor) -> list[OpenNow]:
    """Agreements with a conversation still to come can be followed until then."""
    found = queries.summary(actor, neighbourhood)
    number, last = found.agreements, found.last_talk
    day, missed = queries.next_talk(found.contracts), queries.missed(found.contracts)
    if day is None and not missed:
        return []
    facts = _n("Er is %(n)s afspraak.", "Er zijn %(n)s afspraken.", n=number)
    if last is not None:
        facts += " " + _("Laatste gesprek op %(day)s.", day=dates.day(last))
    return [
        OpenNow(
            stage=6,
            title=_("Volg hoe het met de afspraken gaat"),
            say=_("Er zijn afspraken gemaakt voor de wijk. Kijk hoe het ermee gaat."),
            button=_("Bekijk de afspraken"),
            href=url_for("agreements.agreements", slug=neighbourhood.slug),
            facts=facts,
            closes_at=None,
            soft=_("Het volgende gesprek is op %(day)s.", day=dates.day(day, weekday=True))
            if day
            else _("Het gesprek van %(day)s staat hier nog niet.", day=dates.day(missed[-1])),
            mine=False,
            weight=-1,  # reading along never goes before what one can do
        )
    ]


def address(thing: Any) -> str | None:
    """Where a thing of this feature is shown; what has no page of its own stands on that of what it belongs to."""
    slug = places.by_id(thing.neighbourhood_id).slug if isinstance(thing, _OURS) else ""
    match thing:
        case Contract():
            return f"/wijken/{slug}/afspraken#{thing.code}"
        case PlannedConversation():
            return f"/wijken/{slug}/afspraken#gesprekken"
        case Agreement():
            return f"/wijken/{slug}/afspraken/{thing.code}"
        case Adjustment():
            return _on_agreement(slug, thing.agreement_id, thing.code)
        case Signal():
            return _on_agreement(slug, thing.agreement_id, "bijgesteld")
        case Indicator():
            return _on_agreement(slug, thing.agreement_id, "stand")
        case AuxiliaryIndicator():
            return _on_agreement(slug, thing.agreement_id, "hulp")
        case CourseEntry():
            return _on_agreement(slug, db.session.get_one(AuxiliaryIndicator, thing.auxiliary_id).agreement_id, "hulp")
        case Milestone():
            return _on_agreement(slug, thing.agreement_id, "mijlpalen")
        case Conversation():
            return f"/wijken/{slug}/gesprekken/{thing.code}"
        case Standing():
            code = db.session.get_one(Agreement, thing.agreement_id).code
            return _on_conversation(slug, thing.conversation_id, code)
        case Action():
            return _on_conversation(slug, thing.conversation_id, thing.code)
    return None


_OURS = (
    Contract, PlannedConversation, Agreement, Adjustment, Signal, Indicator, AuxiliaryIndicator, CourseEntry, Milestone,
    Conversation, Standing, Action,
)  # fmt: skip


def _on_agreement(slug: str, agreement_id: int, anchor: str) -> str:
    code = db.session.get_one(Agreement, agreement_id).code
    return f"/wijken/{slug}/afspraken/{code}#{anchor}"


def _on_conversation(slug: str, conversation_id: int, anchor: str) -> str:
    code = db.session.get_one(Conversation, conversation_id).code
    return f"/wijken/{slug}/gesprekken/{code}#{anchor}"
