"""A call in consultation, made by hand: articles, a round of remarks, and remarks that wait for an answer."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.support.things import put
from tests.support.world import place
from wijkplatform.calls import service
from wijkplatform.calls.models import Article, Call
from wijkplatform.core import clock
from wijkplatform.core.actor import command_line
from wijkplatform.core.db import db
from wijkplatform.criteria.models import CriteriaSet
from wijkplatform.places.models import Organisation, Voice
from wijkplatform.remarks.models import Remark
from wijkplatform.remarks.service import apply_remark
from wijkplatform.rounds import service as rounds
from wijkplatform.texts import queries as texts
from wijkplatform.texts import service as text_service
from wijkplatform.texts.models import Version

TITLE = "Uitvraag proefbuurt"
BODIES = (
    "De organisatie helpt bewoners waar mogelijk.\n\nZij doet dat samen met de buurthuizen.",
    "Het jongerenwerk is zichtbaar op straat.\n\nHet plaatst twintig berichten per maand.",
    "De inzet wordt evenredig over de wijk verdeeld.",
)
SAID = (
    ("PR-01", 0, "waar mogelijk", "Noem een aantal uren."),
    ("PR-02", 0, "waar mogelijk", "Waar mogelijk zegt niets. Noem uren."),
    ("PR-03", 1, "twintig berichten", "Wij lezen die berichten niet."),
    ("PR-04", 2, None, "Zonnehoek heeft meer nodig dan de rest."),
)


def open_call(slug: str, *, title: str = TITLE, remarks: Any = SAID, days: int = 10) -> Call:
    """A draft call with three articles in this neighbourhood, open to remarks for `days` more days. Committed."""
    made: list[Call] = []
    put(lambda: made.append(_made(slug, title, remarks, days)))
    return made[0]


def _made(slug: str, title: str, remarks: Any, days: int) -> Call:
    home, actor, now = place(slug), command_line(), clock.now()
    client = db.session.scalars(
        db.select(Organisation).where(Organisation.neighbourhood_id == home.id).order_by(Organisation.id)
    ).first()
    assert client is not None
    call = service.apply_call(
        actor, client, code="UVP-1", title=title, procedure="sociale dienst", estimated_value=Decimal(100_000),
        first_day=date(2030, 1, 1), last_day=date(2031, 12, 31),
        criteria_sets=db.session.scalars(
            db.select(CriteriaSet).where(CriteriaSet.neighbourhood_id == home.id).limit(1)
        ).all(),
    )  # fmt: skip
    articles = []
    for number, body in enumerate(BODIES, 1):
        text = text_service.new_text(home.id)
        version = text_service.apply_version(text, f"Proefartikel {number}", body)
        article = service.apply_article(
            call, code=f"PA-{number:02d}", number=number, title=f"Proefartikel {number}", text=text, position=number
        )
        service.apply_save(actor, article, version)
        articles.append((article, version))
    service.apply_edition(
        actor, call, 1, clock.today(), "draft", {each.text: version for each, version in articles}, open_to_remarks=True
    )
    rounds.apply_moment(
        actor, home.id, code="PM-1", kind="reactieronde", question="Klopt de tekst?", about=call,
        opens_at=now - timedelta(days=5), closes_at=now + timedelta(days=days),
    )  # fmt: skip
    speaker = someone(slug)
    for code, which, quote, said in remarks:
        article, version = articles[which]
        apply_remark(
            actor, article, code=code, text=said, voice=speaker, said_at=now - timedelta(days=2), version=version,
            quote=quote,
        )  # fmt: skip
    return call


def someone(slug: str) -> Voice:
    """The voice of a resident whose name must not show in any note."""
    home = place(slug)
    voice = Voice(neighbourhood_id=home.id, name="Wiebke Naamgeheim", hat="bewoner Proefbuurt", kind="resident")
    db.session.add(voice)
    db.session.flush()
    return voice


def call_in(title: str = TITLE) -> Call:
    return db.session.scalars(db.select(Call).where(Call.title == title)).one()


def remark(code: str) -> Remark:
    return db.session.scalars(db.select(Remark).where(Remark.code == code)).one()


def article(code: str) -> Article:
    return db.session.scalars(db.select(Article).where(Article.code == code)).one()


def head_of(code: str) -> Version:
    return texts.head(article(code).text)


def close_round() -> None:
    """The time for remarks is over, by a second."""
    moment = db.session.scalars(db.select(rounds.Moment).where(rounds.Moment.code == "PM-1")).one()
    put(lambda: setattr(moment, "closes_at", clock.now() - timedelta(seconds=1)))
