"""Making criteria, as rows with their events: the set and its scale, the weights, and how they changed."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from textwrap import shorten
from typing import Any

from wijkplatform.core import clock, trail
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import db
from wijkplatform.core.errors import Invalid
from wijkplatform.core.words import _, _l
from wijkplatform.criteria import weights
from wijkplatform.criteria.models import (
    NEEDS,
    SECTIONS,
    TIE_ORDER,
    Contributor,
    CriteriaSet,
    Criterion,
    Requirement,
    ScaleStep,
    WeightChange,
    WeightNote,
)
from wijkplatform.index import service as index
from wijkplatform.places.models import Voice

TITLE = 80  #: of what has no title of its own: so many characters of its text

trail.declare(
    {
        "criteria_set.fixed": _l("stelde de criteria vast"),
        "criterion.proposed": _l("bracht dit criterium in"),
        "criterion.weight_decided": _l("besloot over het gewicht van dit criterium"),
        "requirement.set": _l("stelde deze geschiktheidseis"),
        "weight_note.written": _l("lichtte de wijzigingen van de gewichten toe"),
    }
)


def apply_set(criteria_set: CriteriaSet, scale: Sequence[tuple[Decimal, str]]) -> CriteriaSet:
    """A set to weigh: a scale that rises from 0, and room between price floor and ceiling. Its event is the fixing."""
    values = [value for value, _meaning in scale]
    if not values or values[0] != 0 or any(low >= high for low, high in pairwise(values)):
        raise Invalid("scale", _("De schaal begint bij 0 en loopt op."))
    if criteria_set.price_floor >= criteria_set.price_ceiling:
        raise Invalid("price_floor", _("De bodem van de prijs moet lager zijn dan het plafond."))
    criteria_set.steps = [
        ScaleStep(neighbourhood_id=criteria_set.neighbourhood_id, position=position, value=value, meaning=meaning)
        for position, (value, meaning) in enumerate(scale)
    ]
    db.session.add(criteria_set)
    index.register(criteria_set, criteria_set.title)
    return criteria_set


def apply_criterion(
    actor: Actor, criterion: Criterion, *, contributors: Sequence[Voice], sections: Iterable[Any],
    needs: Iterable[Any], happened: datetime | None = None, precision: str = "second",
) -> Criterion:  # fmt: skip
    """A criterion with who brought it in, the sections it rests on and the needs it serves."""
    if criterion.weight < 0:
        raise Invalid("weight", _("Een gewicht is nooit kleiner dan 0."))
    criterion.contributors = [
        Contributor(neighbourhood_id=criterion.neighbourhood_id, voice_id=voice.id, position=position)
        for position, voice in enumerate(contributors)
    ]
    db.session.add(criterion)
    index.register(criterion, criterion.title)
    index.link(criterion, SECTIONS, sections)
    index.link(criterion, NEEDS, needs)
    trail.record(
        actor, "criterion.proposed", criterion, words=criterion, voice=next(iter(contributors), None),
        happened=happened, precision=precision,
    )  # fmt: skip
    return criterion


def apply_requirement(
    actor: Actor, requirement: Requirement, *, happened: datetime | None = None, precision: str = "second"
) -> Requirement:
    db.session.add(requirement)
    index.register(requirement, shorten(requirement.text, TITLE, placeholder="…"))
    trail.record(actor, "requirement.set", requirement, words=requirement, happened=happened, precision=precision)
    return requirement


def apply_weight_change(actor: Actor, change: WeightChange) -> WeightChange:
    """What was decided on a weight, as part of the criterion's history; `apply_fixing` checks that all changes fit."""
    db.session.add(change)
    trail.record(
        actor, "criterion.weight_decided", change.criterion, words=change, voice=change.voice,
        happened=clock.start_of(change.day), precision="day",
        facts={"verdict": change.verdict, "from": change.old_weight, "to": change.new_weight},
    )  # fmt: skip
    return change


def apply_note(
    actor: Actor, note: WeightNote, *, happened: datetime | None = None, precision: str = "second"
) -> WeightNote:
    """What is said about the changes of the weights together; the database refuses a second one."""
    db.session.add(note)
    trail.record(actor, "weight_note.written", note, words=note, happened=happened, precision=precision)
    return note


def apply_fixing(
    actor: Actor, criteria_set: CriteriaSet, changes: Sequence[WeightChange], tie_order: Sequence[Criterion], *,
    happened: datetime | None = None, precision: str = "second",
) -> None:  # fmt: skip
    """Fix the set: weights that are the total together, now and before the changes, one price, and a tie order."""
    criteria = criteria_set.criteria
    if sum(1 for each in criteria if each.kind == "price") != 1:
        raise Invalid("criteria", _("Er moet precies één prijscriterium zijn."))
    now = {each.code: each.weight for each in criteria}
    _demand_total(criteria_set, now, _("De gewichten zijn samen niet het totaal."))
    try:
        then = weights.before(
            now, [weights.Change(each.criterion.code, each.old_weight, each.new_weight) for each in changes]
        )
    except weights.DoesNotFit as problem:
        raise Invalid("changes", _("Het gewicht van %(code)s past niet.", code=problem.criterion)) from problem
    _demand_total(criteria_set, then, _("Vóór de wijzigingen waren de gewichten samen niet het totaal."))
    if any(each.kind != "quality" or each not in criteria for each in tie_order):
        raise Invalid("tie_order", _("Bij gelijke punten tellen alleen kwaliteitscriteria."))
    index.link(criteria_set, TIE_ORDER, tie_order)
    trail.record(actor, "criteria_set.fixed", criteria_set, words=criteria_set, happened=happened, precision=precision)


def _demand_total(criteria_set: CriteriaSet, held: dict[str, Decimal], sentence: str) -> None:
    if weights.total(held) != criteria_set.total_weight:
        raise Invalid("weight", sentence)
