"""Needs on the residents' agenda, as rows with their events."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from wijkplatform.agenda.models import Agenda, Need, NeedArea
from wijkplatform.attachments import service as attachments
from wijkplatform.attachments.models import Attachment
from wijkplatform.core import clock, trail
from wijkplatform.core.actor import Actor, Hat
from wijkplatform.core.db import LAST, begin_writing, db
from wijkplatform.core.policy import demand
from wijkplatform.core.words import _l
from wijkplatform.index import service as index
from wijkplatform.people import names
from wijkplatform.places import service as places
from wijkplatform.places.models import Area, Voice
from wijkplatform.places.policy import NEIGHBOURS
from wijkplatform.rounds import service as rounds
from wijkplatform.rounds.models import Moment

trail.declare(
    {
        "need.raised": _l("bracht dit punt in"),
        "need.supported": _l("steunt dit punt"),
        "need.support_withdrawn": _l("trok de steun voor dit punt terug"),
    }
)


def raise_need(
    actor: Actor, agenda: Agenda, hat: Hat, *, title: str, text: str, areas: Sequence[str], shown_as: str | None = None
) -> Need:
    """Put a need on the agenda. The same words of the same person twice are one need: a double click adds nothing."""
    demand(actor, "raise_need", agenda)
    places.lock(agenda.neighbourhood_id)
    demand(actor, "raise_need", agenda)
    if shown_as is not None:
        names.choose(actor, shown_as)
    voice = places.speak(actor, agenda.neighbourhood_id, hat)
    demand(actor.wearing(hat.mandate_id), "raise_need", agenda)
    same = db.session.scalars(
        select(Need).join(Voice, Need.voice_id == Voice.id)
        .where(Need.neighbourhood_id == agenda.neighbourhood_id, Need.title == title, Need.text == text)
        .where(Voice.person_id == actor.person_id)
    ).first()  # fmt: skip
    if same is not None:
        return same
    chosen = db.session.scalars(
        select(Area).where(Area.neighbourhood_id == agenda.neighbourhood_id, Area.code.in_(areas))
        .order_by(Area.position, Area.id)
    ).all()  # fmt: skip
    return apply_need(
        actor, agenda.neighbourhood_id, code=index.next_code(agenda.neighbourhood_id, Need, "BH"), title=title,
        text=text, voice=voice, areas=chosen, raised_at=clock.now(),
    )  # fmt: skip


def support(actor: Actor, need: Need, hat: Hat | None = None) -> bool:
    """Support a need, once. Without a choice the actor speaks with the first hat that has a say here."""
    demand(actor, "support", need)
    begin_writing()
    hat = hat or next(each for each in actor.hats_in(need.neighbourhood_id) if each.kind in NEIGHBOURS)
    return rounds.apply_support(actor, need, places.speak(actor, need.neighbourhood_id, hat), "need.supported")


def attach(actor: Actor, need: Need, sent: bytes, description: str) -> Attachment:
    """Whoever raised a need adds a picture or a PDF, with the hat they raised it with if they still wear it."""
    demand(actor, "attach", need)
    hats = actor.hats_in(need.neighbourhood_id)
    hat = next((each for each in hats if each.mandate_id == need.voice.mandate_id), hats[0])
    return attachments.attach(actor, need, hat, sent, description)


def withdraw(actor: Actor, need: Need) -> bool:
    """Take one's support back."""
    demand(actor, "withdraw", need)
    begin_writing()
    return rounds.apply_withdrawal(actor, need, "need.support_withdrawn")


def apply_need(
    actor: Actor,
    neighbourhood_id: int,
    *,
    code: str,
    title: str,
    text: str,
    voice: Voice,
    areas: Sequence[Area],
    raised_at: datetime | None,
    precision: str = "second",
    language: str = "nl",
    theme: str | None = None,
    moment: Moment | None = None,
    opening_support: int = 0,
    position: int = LAST,
) -> Need:
    """Somebody puts a point on the agenda. Without `raised_at` the day is not recorded."""
    need = Need(
        neighbourhood_id=neighbourhood_id, code=code, position=position, title=title, text=text, language=language,
        theme=theme, voice_id=voice.id, moment_id=moment.id if moment else None, raised_at=raised_at,
        opening_support=opening_support,
    )  # fmt: skip
    db.session.add(need)
    need.areas = [NeedArea(area_id=area.id, position=order) for order, area in enumerate(areas)]
    index.register(need, title)
    trail.record(
        actor, "need.raised", need, words=need, voice=voice, happened=raised_at,
        precision=precision if raised_at else "unknown",
    )  # fmt: skip
    return need
