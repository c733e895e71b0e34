"""The rows of every list, read through the same question as the pages ask: what may a visitor see?"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from wijkplatform.agenda.models import Need, NeedArea
from wijkplatform.agreements import exchange as agreed_words
from wijkplatform.agreements.models import Agreement, Contract, Conversation, Standing
from wijkplatform.calls.models import Article
from wijkplatform.core import clock
from wijkplatform.core.actor import VISITOR
from wijkplatform.core.db import db, kind_of, model_of
from wijkplatform.coverage import exchange as grey_words
from wijkplatform.coverage.models import GreyZone, Referral
from wijkplatform.criteria import exchange as criteria_words
from wijkplatform.criteria.models import Criterion
from wijkplatform.handover import exchange as handover_words
from wijkplatform.handover.models import HandoverItem, Owner
from wijkplatform.index.models import Link
from wijkplatform.influence.seeing import seen
from wijkplatform.plans import exchange as plan_words
from wijkplatform.plans.models import Section
from wijkplatform.publish.formats import Row
from wijkplatform.remarks import exchange as remark_words
from wijkplatform.remarks.models import Remark
from wijkplatform.rounds import queries as rounds
from wijkplatform.rounds.models import Moment
from wijkplatform.search.kinds import published
from wijkplatform.texts import queries as texts

LEVELS = {
    "inform": "informeren", "consult": "raadplegen", "advise": "adviseren", "coproduce": "coproduceren",
    "decide": "meebeslissen",
}  # fmt: skip


def _all(model: type[Any], place: int, *options: Any) -> Sequence[Any]:
    query = seen(VISITOR, model).where(model.neighbourhood_id == place).options(*options)
    return db.session.scalars(query.order_by(model.position, model.id)).unique().all()


def _codes(model: type[Any], place: int) -> dict[int, str]:
    """The codes of what may be seen, by primary key: a list names nothing that is sealed."""
    found = seen(VISITOR, model).where(model.neighbourhood_id == place).with_only_columns(model.id, model.code)
    return {row[0]: row[1] for row in db.session.execute(found)}


def _named(place: int, source: type[Any], relation: str, target: type[Any]) -> dict[int, list[str]]:
    """What each thing of a kind names by a relation, by code, in order."""
    codes, named = _codes(target, place), defaultdict(list)
    links = select(Link.source_id, Link.target_id).where(
        Link.neighbourhood_id == place, Link.source_kind == kind_of(source), Link.relation == relation,
        Link.target_kind == kind_of(target),
    )  # fmt: skip
    for source_id, target_id in db.session.execute(links.order_by(Link.position)):
        if target_id in codes:
            named[source_id].append(codes[target_id])
    return named


def needs(place: int) -> list[Row]:
    found = _all(Need, place, joinedload(Need.voice), selectinload(Need.areas).joinedload(NeedArea.area))
    support, moments = rounds.support_counts("need", [each.id for each in found]), _codes(Moment, place)
    return [
        {
            "code": each.code, "titel": each.title, "tekst": each.text, "taal": each.language, "thema": each.theme,
            "buurten": [one.area.code for one in each.areas], "namens": each.voice.hat,
            "steun": each.opening_support + support.get(each.id, 0), "ingebracht": each.raised_at,
            "moment": moments.get(each.moment_id or 0),
        }
        for each in found
    ]  # fmt: skip


def sections(place: int) -> list[Row]:
    found = _all(Section, place, joinedload(Section.plan), joinedload(Section.text))
    heads, named = texts.heads(each.text for each in found), _named(place, Section, "serves", Need)
    return [
        {
            "code": each.code, "nummer": each.number, "titel": each.title, "tekst": heads[each.text_id].body,
            "taal": each.text.language, "versie": each.text.head, "stand": plan_words.IN_DUTCH[each.plan.state],
            "punten": named.get(each.id, []),
        }
        for each in found
    ]  # fmt: skip


def criteria(place: int) -> list[Row]:
    return [
        {
            "code": each.code, "titel": each.title, "vraag": each.question, "soort": criteria_words.IN_DUTCH[each.kind],
            "gewicht": each.weight, "set": each.criteria_set.code, "vastgesteld": each.criteria_set.adopted_on,
        }
        for each in _all(Criterion, place, joinedload(Criterion.criteria_set))
    ]  # fmt: skip


def articles(place: int) -> list[Row]:
    found = _all(Article, place, joinedload(Article.call), joinedload(Article.text))
    out = published(found)
    return [
        {
            "code": each.code, "uitvraag": each.call.code, "nummer": each.number, "titel": out[each.text_id].title,
            "tekst": out[each.text_id].body, "taal": each.text.language, "versie": out[each.text_id].number,
        }
        for each in found
        if each.text_id in out
    ]  # fmt: skip


def remarks(place: int) -> list[Row]:
    found = _all(Remark, place, joinedload(Remark.voice), joinedload(Remark.answer))
    about = {kind: _codes(model_of(kind), place) for kind in {each.about_kind for each in found}}
    codes = {each.id: each.code for each in found}
    return [
        {
            "code": each.code, "over": about[each.about_kind].get(each.about_id), "citaat": each.quote,
            "reactie_op": codes.get(each.reply_to_id or 0), "namens": each.voice.hat, "tekst": each.text,
            "taal": each.language, "gezegd": each.said_at,
            "antwoord": remark_words.IN_DUTCH[each.answer.verdict].replace("_", " ") if each.answer else None,
            "reden": each.answer.reason if each.answer else None,
            "beantwoord": each.answer.answered_at if each.answer else None,
        }
        for each in found
    ]  # fmt: skip


def agreements(place: int) -> list[Row]:
    found = _all(Agreement, place, joinedload(Agreement.owner), joinedload(Agreement.indicator))
    contracts, words = _codes(Contract, place), agreed_words.IN_DUTCH
    return [
        {
            "code": each.code, "titel": each.title, "doel": each.purpose, "eigenaar": each.owner.name,
            "contract": contracts.get(each.contract_id), "indicator": each.indicator.name,
            "soort": words[each.indicator.kind], "eenheid": each.indicator.unit,
            "richting": words[each.indicator.direction], "begin": each.indicator.baseline,
            "streven": each.indicator.target, "meetdag": each.indicator.measured_on, "bron": each.indicator.source,
        }
        for each in found
    ]  # fmt: skip


def measurements(place: int) -> list[Row]:
    agreed, talks = _codes(Agreement, place), _codes(Conversation, place)
    query = select(Standing).where(Standing.neighbourhood_id == place).options(joinedload(Standing.conversation))
    found = db.session.scalars(query.order_by(Standing.conversation_id, Standing.position, Standing.id)).all()
    return [
        {
            "afspraak": agreed[each.agreement_id], "gesprek": talks[each.conversation_id],
            "dag": clock.local(each.conversation.held_at).date(), "waarde": each.value,
            "beeld": agreed_words.IN_DUTCH[each.picture], "toelichting": each.note,
        }
        for each in found
        if each.agreement_id in agreed and each.conversation_id in talks
    ]  # fmt: skip


def commitments(place: int) -> list[Row]:
    rows = []
    for each in _all(Moment, place, joinedload(Moment.commitment)):
        given = each.commitment
        rows.append({
            "moment": each.code, "soort": each.kind, "vraag": each.question, "opent": each.opens_at,
            "sluit": each.closes_at, "niveau": LEVELS[given.level] if given else None,
            "open": given.open if given else None, "vast": given.fixed if given else None,
            "beslist": given.decides if given else None, "uiterlijk": given.hear_by if given else None,
            "gehouden": given.kept_at if given else None, "waar": given.kept_where if given else None,
        })  # fmt: skip
    return rows


def handover_items(place: int) -> list[Row]:
    whose = [joinedload(side).options(joinedload(Owner.organisation), joinedload(Owner.centre))
             for side in (HandoverItem.old_owner, HandoverItem.new_owner)]  # fmt: skip
    words = handover_words.IN_DUTCH
    return [
        {
            "code": each.code, "soort": words[each.kind], "titel": each.title, "keuze": words[each.choice],
            "uitleg": each.explanation, "van": _owner(each.old_owner), "naar": _owner(each.new_owner),
            "na_een_jaar": words[each.after_a_year] if each.after_a_year else None, "opmerking": each.note,
            "instemming": each.consent,
        }
        for each in _all(HandoverItem, place, *whose)
    ]  # fmt: skip


def _owner(owner: Owner | None) -> str | None:
    """An organisation or a centre by its name, a person never."""
    if owner is None:
        return None
    named = owner.organisation or owner.centre
    return named.name if named else "een persoon"


def grey_zones(place: int) -> list[Row]:
    known = _codes(Need, place)
    referred = selectinload(GreyZone.referrals).joinedload(Referral.organisation)
    return [
        {
            "code": each.code, "titel": each.title, "namens": each.voice.hat, "gemeld": each.reported_on,
            "doorverwezen": [one.organisation.name for one in each.referrals],
            "eigenaar": each.owner.name if each.owner else None, "sinds": each.owner_since,
            "opgelost": each.solved_on, "stand": grey_words.IN_DUTCH[each.status], "punt": known.get(each.need_id or 0),
        }
        for each in _all(GreyZone, place, joinedload(GreyZone.voice), joinedload(GreyZone.owner), referred)
    ]  # fmt: skip
