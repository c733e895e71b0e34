"""File 05: the set of criteria, the criteria, the requirements and how the weights changed.

A set that is not fixed yet is a draft: it travels by `backup`, not in the format.
"""

from typing import Any

from sqlalchemy import select

from wijkplatform.core import clock
from wijkplatform.core.db import db
from wijkplatform.core.transfer import Dump, Load
from wijkplatform.criteria import service
from wijkplatform.criteria.models import (
    NEEDS,
    SECTIONS,
    TIE_ORDER,
    CriteriaSet,
    Criterion,
    Requirement,
    WeightChange,
    WeightNote,
)
from wijkplatform.remarks.exchange import Voices

KINDS = {"kwaliteit": "quality", "prijs": "price"}
VERDICTS = {"overgenomen": "adopted", "deels_overgenomen": "partly", "niet_overgenomen": "declined"}
FORMULAS = {"evenredig": "proportional", "tussen_bodem_en_plafond": "floor_to_ceiling"}
IN_DUTCH = {value: key for key, value in (KINDS | VERDICTS | FORMULAS).items()}
#: Which field of a criterion is which relation.
RELATIONS = {"secties": SECTIONS, "behoeften": NEEDS}
LOTS = "loting"  #: always the last resort; the criteria before it are the relation TIE_ORDER


def take_over(load: Load) -> None:
    if load.file(5)["criteria_set"] is not None:
        _take_over_set(load, load.file(5)["criteria_set"])
    for position, each in enumerate(load.file(5)["geschiktheidseisen"]):
        load.rows[each["id"]] = service.apply_requirement(
            load.actor,
            Requirement(neighbourhood_id=load.neighbourhood.id, code=each["id"], position=position, text=each["tekst"]),
            precision="unknown",
        )
    if load.file(5)["toelichting_wijzigingen"] is not None:
        note = WeightNote(neighbourhood_id=load.neighbourhood.id, text=load.file(5)["toelichting_wijzigingen"])
        service.apply_note(load.actor, note, precision="unknown")


def _take_over_set(load: Load, found: dict[str, Any]) -> None:
    voices = Voices(load)
    criteria_set = load.rows[found["id"]] = service.apply_set(
        CriteriaSet(
            neighbourhood_id=load.neighbourhood.id, code=found["id"], title=found["titel"], method=found["methode"],
            quality_formula=FORMULAS[found["formule_kwaliteit"]], price_formula=FORMULAS[found["formule_prijs"]],
            formula_note=found.get("formule_uitleg"), price_ceiling=found["prijs_plafond_per_jaar"],
            price_floor=found["prijs_bodem_per_jaar"], total_weight=found["totaal_gewicht"],
            minimum_quality=found["minimum_totaal_kwaliteit"], adopted_on=found["vastgesteld"],
        ),
        [(value, found["schaal_uitleg"][value]) for value in found["schaal"]],
    )  # fmt: skip
    for position, each in enumerate(load.file(5)["criteria"]):
        load.rows[each["id"]] = _criterion(load, voices, criteria_set, position, each)
    changes = [_change(load, voices, position, each) for position, each in enumerate(load.file(5)["wijzigingen"])]
    service.apply_fixing(
        load.actor, criteria_set, changes, load.listed(found["gelijkspel"][:-1]),
        happened=clock.start_of(found["vastgesteld"]), precision="day",
    )  # fmt: skip


def _criterion(load: Load, voices: Voices, criteria_set: CriteriaSet, position: int, each: dict[str, Any]) -> Criterion:
    return service.apply_criterion(
        load.actor,
        Criterion(
            neighbourhood_id=load.neighbourhood.id, code=each["id"], position=position,
            criteria_set_id=criteria_set.id, title=each["titel"], question=each["vraag"], kind=KINDS[each["soort"]],
            weight=each["gewicht"],
        ),
        contributors=[voices.on(code, criteria_set.adopted_on) for code in each["ingebracht_door"]],
        sections=load.listed(each["secties"]), needs=load.listed(each["behoeften"]), precision="unknown",
    )  # fmt: skip


def _change(load: Load, voices: Voices, position: int, each: dict[str, Any]) -> WeightChange:
    return service.apply_weight_change(
        load.actor,
        WeightChange(
            neighbourhood_id=load.neighbourhood.id, position=position, criterion=load.row(each["criterium"]),
            day=each["datum"], old_weight=each["van_gewicht"], new_weight=each["naar_gewicht"], reason=each["reden"],
            verdict=VERDICTS[each["besluit"]], voice=voices.on(each["door"], each["datum"]),
        ),
    )  # fmt: skip


def write_out(dump: Dump) -> None:
    fixed = next((each for each in reversed(dump.all(CriteriaSet)) if each.adopted_on is not None), None)
    criteria = fixed.criteria if fixed else []
    note = db.session.scalars(select(WeightNote).filter_by(neighbourhood_id=dump.neighbourhood.id)).first()
    dump.file(5).update(
        criteria_set=_written_set(dump, fixed) if fixed else None,
        criteria=[_written_criterion(dump, each) for each in criteria],
        geschiktheidseisen=[{"id": each.code, "tekst": each.text} for each in dump.all(Requirement)],
        toelichting_wijzigingen=note.text if note else None,
        wijzigingen=[
            {
                "datum": each.day, "criterium": each.criterion.code, "van_gewicht": each.old_weight,
                "naar_gewicht": each.new_weight, "reden": each.reason, "besluit": IN_DUTCH[each.verdict],
                "door": dump.code("voice", each.voice_id),
            }
            for each in dump.all(WeightChange)
            if each.criterion in criteria
        ],
    )  # fmt: skip


def _written_set(dump: Dump, found: CriteriaSet) -> dict[str, Any]:
    return {
        "id": found.code, "titel": found.title, "methode": found.method,
        "schaal": [step.value for step in found.steps],
        "schaal_uitleg": {step.value: step.meaning for step in found.steps},
        "formule_kwaliteit": IN_DUTCH[found.quality_formula], "formule_prijs": IN_DUTCH[found.price_formula],
        "formule_uitleg": found.formula_note, "prijs_plafond_per_jaar": found.price_ceiling,
        "prijs_bodem_per_jaar": found.price_floor, "totaal_gewicht": found.total_weight,
        "minimum_totaal_kwaliteit": found.minimum_quality,
        "gelijkspel": [*dump.linked(found, TIE_ORDER), LOTS], "vastgesteld": found.adopted_on,
    }  # fmt: skip


def _written_criterion(dump: Dump, each: Criterion) -> dict[str, Any]:
    return {
        "id": each.code, "titel": each.title, "gewicht": each.weight, "soort": IN_DUTCH[each.kind],
        **{name: dump.linked(each, relation) for name, relation in RELATIONS.items()},
        "ingebracht_door": [dump.code("voice", one.voice_id) for one in each.contributors],
        "vraag": each.question,
    }  # fmt: skip
