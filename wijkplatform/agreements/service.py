"""Agreements, conversations and adjustments, as rows with their events."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise
from textwrap import shorten
from typing import Any

from sqlalchemy import select

from wijkplatform.agreements import units
from wijkplatform.agreements.models import (
    Action,
    Adjustment,
    AdjustmentVoice,
    Agreement,
    Attendance,
    Contract,
    Conversation,
    CourseEntry,
    PlannedConversation,
    Signal,
    Standing,
)
from wijkplatform.core import clock, trail
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import db
from wijkplatform.core.errors import Invalid
from wijkplatform.core.words import _, _l
from wijkplatform.index import service as index
from wijkplatform.places.models import Voice

TITLE = 80  #: of what has no title of its own: so many characters of its text

trail.declare(
    {
        "contract.closed": _l("sloot de overeenkomst"),
        "agreement.made": _l("maakte deze afspraak"),
        "agreement.course_set": _l("paste de hulpindicator van deze afspraak aan"),
        "conversation.held": _l("hield een voortgangsgesprek"),
        "agreement.reported": _l("noteerde hoe deze afspraak ervoor staat"),
        "action.promised": _l("zegde toe dit te doen"),
        "signal.given": _l("gaf een signaal: deze afspraak knelt"),
        "adjustment.agreed": _l("ging akkoord met deze bijstelling"),
        "adjustment.rejected": _l("wees deze bijstelling af"),
    }
)


def apply_contract(
    actor: Actor, contract: Contract, title: str, planned: Iterable[date], *, happened: datetime | None = None,
    precision: str = "second",
) -> Contract:  # fmt: skip
    """A contract that ends after it starts, with the conversations still to come."""
    if contract.first_day >= contract.last_day:
        raise Invalid("last_day", _("De overeenkomst eindigt na de dag waarop zij begint."))
    contract.planned = [
        PlannedConversation(neighbourhood_id=contract.neighbourhood_id, day=day, position=position)
        for position, day in enumerate(planned)
    ]
    db.session.add(contract)
    index.register(contract, title)
    trail.record(
        actor, "contract.closed", contract, happened=happened, precision=precision,
        facts={"from": contract.first_day, "to": contract.last_day},
    )  # fmt: skip
    return contract


def apply_agreement(
    actor: Actor, agreement: Agreement, contract: Contract, links: Mapping[str, Iterable[Any]], *,
    happened: datetime | None = None, precision: str = "second",
) -> Agreement:  # fmt: skip
    """An agreement with its indicator and milestones, and what it names by each relation."""
    indicator = agreement.indicator
    if not all(units.fits(indicator.unit, value) for value in (indicator.baseline, indicator.target)):
        raise Invalid("indicator", _("Dit getal past niet bij de eenheid."))
    if any(not contract.first_day <= each.day <= contract.last_day for each in agreement.milestones):
        raise Invalid("milestones", _("Een mijlpaal valt binnen de overeenkomst."))
    agreement.contract_id = contract.id
    db.session.add(agreement)
    index.register(agreement, agreement.title)
    for relation, targets in links.items():
        index.link(agreement, relation, targets)
    trail.record(
        actor, "agreement.made", agreement, words=agreement, happened=happened, precision=precision,
        facts={"indicator": indicator.name, "from": indicator.baseline, "to": indicator.target},
    )  # fmt: skip
    return agreement


def apply_conversation(
    actor: Actor, conversation: Conversation, present: Iterable[Voice], precision: str
) -> Conversation:
    """A conversation that was held, with who was there; `precision` says how exactly its start is known."""
    conversation.attendance = [
        Attendance(neighbourhood_id=conversation.neighbourhood_id, voice_id=voice.id, position=position)
        for position, voice in enumerate(present)
    ]
    db.session.add(conversation)
    day = clock.local(conversation.held_at).date()
    index.register(conversation, _("Voortgangsgesprek van %(day)s", day=f"{day:%d-%m-%Y}"))
    trail.record(
        actor, "conversation.held", conversation, words=conversation, happened=conversation.held_at,
        precision=precision,
    )  # fmt: skip
    return conversation


def apply_standing(actor: Actor, standing: Standing, agreement: Agreement, precision: str) -> Standing:
    """How an agreement stands, as part of its history; the database refuses a second one in one conversation."""
    if not units.fits(agreement.indicator.unit, standing.value):
        raise Invalid("value", _("Dit getal past niet bij de eenheid."))
    standing.agreement_id = agreement.id
    db.session.add(standing)
    db.session.flush()
    trail.record(
        actor, "agreement.reported", agreement, words=standing, happened=standing.conversation.held_at,
        precision=precision, facts={"value": standing.value, "picture": standing.picture},
    )  # fmt: skip
    return standing


def apply_action(
    actor: Actor, action: Action, *, happened: datetime | None = None, precision: str = "second"
) -> Action:
    db.session.add(action)
    index.register(action, shorten(action.text, TITLE, placeholder="…"))
    trail.record(
        actor, "action.promised", action, words=action, voice=action.voice, happened=happened, precision=precision
    )
    return action


def apply_signal(
    actor: Actor, signal: Signal, *, happened: datetime | None = None, precision: str = "second"
) -> Signal:
    """Somebody noticed in practice that an agreement gets in the way of its purpose."""
    db.session.add(signal)
    trail.record(
        actor, "signal.given", signal, words=signal, voice=signal.voice, happened=happened, precision=precision
    )
    return signal


def apply_adjustment(
    actor: Actor, adjustment: Adjustment, *, talked: Sequence[Voice], decided: Sequence[Voice],
    happened: datetime | None = None, precision: str = "second",
) -> Adjustment:  # fmt: skip
    """A decided adjustment: it starts from the text that holds, and says since when it holds or why not."""
    _demand_decided(adjustment)
    db.session.flush()
    held = text_that_holds(adjustment.agreement_id)
    if held is not None and adjustment.old_text != held:
        raise Invalid("old_text", _("De tekst is intussen veranderd. Begin met de tekst die nu geldt."))
    adjustment.voices = [
        AdjustmentVoice(
            neighbourhood_id=adjustment.neighbourhood_id, capacity=capacity, voice_id=voice.id, position=position
        )
        for capacity, voices in (("talked", talked), ("decided", decided))
        for position, voice in enumerate(voices)
    ]
    db.session.add(adjustment)
    db.session.flush()
    index.register(adjustment, _("Bijstelling: %(title)s", title=adjustment.agreement.title))
    trail.record(
        actor, f"adjustment.{adjustment.verdict}", adjustment, words=adjustment, voice=next(iter(decided), None),
        because=[adjustment.signal], happened=happened, precision=precision,
    )  # fmt: skip
    return adjustment


def _demand_decided(adjustment: Adjustment) -> None:
    days = [adjustment.signal.day, adjustment.talked_on, adjustment.decided_on]
    if None in days or days != sorted(days):  # type: ignore[type-var]
        raise Invalid("decided_on", _("Eerst het signaal, dan het gesprek, dan het besluit."))
    if (adjustment.verdict == "agreed") != (adjustment.takes_effect is not None):
        raise Invalid("takes_effect", _("Alleen een bijstelling die is afgesproken, gaat in op een dag."))
    if adjustment.verdict == "rejected" and not adjustment.verdict_reason:
        raise Invalid("verdict_reason", _("Schrijf op waarom de bijstelling is afgewezen."))


def text_that_holds(agreement_id: int) -> str | None:
    """The text of the last adjustment that was agreed; None when there is none yet."""
    return db.session.scalars(
        select(Adjustment.new_text)
        .where(Adjustment.agreement_id == agreement_id, Adjustment.verdict == "agreed")
        .order_by(Adjustment.position.desc(), Adjustment.id.desc())
        .limit(1)
    ).first()


def apply_course(
    actor: Actor, agreement: Agreement, entries: Sequence[CourseEntry], adjustments: Sequence[Adjustment]
) -> None:
    """The course of the auxiliary indicator: where it starts, and each later value by an adjustment that was agreed."""
    auxiliary = agreement.auxiliary
    if auxiliary is None:
        raise Invalid("auxiliary", _("Deze afspraak heeft geen hulpindicator."))
    if any(earlier.from_day >= later.from_day for earlier, later in pairwise(entries)):
        raise Invalid("from_day", _("Het verloop van de hulpindicator loopt op in de tijd."))
    if not all(units.fits(auxiliary.unit, each.value) for each in entries):
        raise Invalid("value", _("Dit getal past niet bij de eenheid."))
    auxiliary.course.extend(entries)
    for entry, adjustment in zip(entries[1:], adjustments, strict=True):
        if adjustment.agreement_id != agreement.id or adjustment.takes_effect != entry.from_day:
            raise Invalid("adjustment", _("De hulpindicator verandert alleen door een bijstelling die is afgesproken."))
        entry.adjustment_id = adjustment.id
        trail.record(
            actor, "agreement.course_set", agreement, because=[adjustment], facts={"value": entry.value},
            happened=clock.start_of(entry.from_day), precision="day",
        )  # fmt: skip
