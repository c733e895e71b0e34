"""Answering a remark: a verdict, always a reason, and for what was adopted the change or why none was needed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wijkplatform.core import characters, clock, trail
from wijkplatform.core.actor import Actor, Hat
from wijkplatform.core.db import begin_writing, db, model_of
from wijkplatform.core.errors import Invalid, Stale
from wijkplatform.core.policy import demand
from wijkplatform.core.words import _, _l, _n
from wijkplatform.places import service as places
from wijkplatform.places.models import Voice
from wijkplatform.remarks.models import VERDICTS, Answer, EarlierAnswer, Remark
from wijkplatform.texts.models import Version

trail.declare(
    {
        "remark.answered": _l("gaf antwoord op deze reactie"),
        "remark.answer_improved": _l("verbeterde het antwoord op deze reactie"),
        "remark.changed_text": _l("noemde de reactie waardoor deze tekst veranderde"),
    }
)

LONGEST = 5_000  #: characters of a reason
CHANGES = ("adopted", "partly")  #: the verdicts that say something came of it


def answer(
    actor: Actor,
    remark: Remark,
    hat: Hat,
    *,
    verdict: str,
    reason: str,
    change: Version | None = None,
    unchanged: str | None = None,
    base: int = 0,
) -> Answer:
    """Answer a remark, or make the answer better.

    `base` is the revision that the writer read, 0 for none. When another official answered in between, `Stale` carries
    their answer and nothing is saved; what they wrote is never overwritten unseen. The same answer twice is one.
    """
    return answer_all(
        actor, [remark], hat, verdict=verdict, reason=reason, change=change, unchanged=unchanged, bases=[base]
    )[0]


def answer_all(
    actor: Actor,
    remarks: Sequence[Remark],
    hat: Hat,
    *,
    verdict: str,
    reason: str,
    change: Version | None = None,
    unchanged: str | None = None,
    bases: Sequence[int],
) -> list[Answer]:
    """The same answer to several remarks: all of them get it, or none."""
    for each in remarks:
        demand(actor, "answer", each)
    begin_writing()
    found = [_lock(each) for each in sorted(remarks, key=lambda each: each.id)]
    read = {each.id: base for each, base in zip(remarks, bases, strict=True)}
    reason, unchanged = _typed("reason", reason), _typed("unchanged", unchanged or "") or None
    for each in found:
        demand(actor, "answer", each)
        _check(each, verdict, reason, change, unchanged)
    voice = places.speak(actor, found[0].neighbourhood_id, hat)
    said = {"verdict": verdict, "reason": reason, "change_id": change.id if change else None, "unchanged": unchanged}
    answers = []
    for each in found:
        demand(actor.wearing(hat.mandate_id), "answer", each)
        answers.append(_answered(actor, each, voice, said, read[each.id]))
    return answers


def _lock(remark: Remark) -> Remark:
    """The remark with its answer as they are now: of two officials the second sees what the first wrote."""
    db.session.execute(select(Remark.id).where(Remark.id == remark.id).with_for_update())
    return db.session.scalars(
        select(Remark)
        .where(Remark.id == remark.id)
        .options(joinedload(Remark.answer).joinedload(Answer.voice), joinedload(Remark.version))
        .execution_options(populate_existing=True)
    ).one()


def _typed(field: str, text: str) -> str:
    """What was typed, ready to keep. The command line and tests come here without a form."""
    text = characters.normal(text).strip()
    fault = characters.fault_in_text(text)
    if fault:
        raise Invalid(field, _("Haal het teken weg dat we niet kunnen bewaren (%(sign)s).", sign=fault))
    if len(text) > LONGEST:
        over = len(text) - LONGEST
        raise Invalid(
            field, _n("Maak het %(n)s teken korter.", "Maak het %(n)s tekens korter.", n=over)
        )  # fmt: skip
    return text


def _check(remark: Remark, verdict: str, reason: str, change: Version | None, unchanged: str | None) -> None:
    """'Overgenomen' without a changed text is no answer: it names the change, or says why none was needed."""
    if verdict not in VERDICTS:
        raise Invalid("verdict", _("Kies wat u met deze reactie doet."))
    if not reason:
        raise Invalid("reason", _("Schrijf waarom. Wie reageerde, heeft recht op een reden."))
    if verdict not in CHANGES:
        if change is not None or unchanged:
            raise Invalid(
                "change" if change is not None else "unchanged",
                _("Bij deze keuze hoort geen wijziging. Kies ‘overgenomen’ of ‘deels’, of haal dit weg."),
            )
        return
    if change is None and not unchanged:
        raise Invalid("change", _("Wijs de wijziging aan, of schrijf waarom de tekst niet hoeft te veranderen."))
    if change is not None and unchanged:
        raise Invalid("unchanged", _("Wijs een wijziging aan of schrijf waarom er geen nodig is. Niet allebei."))
    if change is not None:
        _check_change(remark, change)


def _check_change(remark: Remark, change: Version) -> None:
    about: Any = db.session.get(model_of(remark.about_kind), remark.about_id)
    if change.text_id != getattr(about, "text_id", None):
        raise Invalid("change", _("Kies een wijziging van de tekst waar deze reactie over gaat."))
    if remark.version is not None and change.number <= remark.version.number:
        raise Invalid("change", _("Kies een wijziging van na deze reactie. Deze tekst stond er al."))


def _answered(actor: Actor, remark: Remark, voice: Voice, said: dict[str, Any], base: int) -> Answer:
    there = remark.answer
    if there is None:
        if base:
            raise Invalid("reason", _("Dit antwoord kennen we niet. Uw tekst staat hier nog."))
        return apply_answer(actor, remark, voice=voice, answered_at=clock.now(), **said)
    if all(getattr(there, key) == value for key, value in said.items()):
        return there
    if there.revision != base:
        raise Stale(base=base, theirs=there, mine=str(said["reason"]), hunks=[])
    return _apply_improved(actor, remark, there, voice, said)


def apply_answer(
    actor: Actor,
    remark: Remark,
    *,
    verdict: str,
    reason: str,
    change_id: int | None = None,
    unchanged: str | None = None,
    voice: Voice | None = None,
    answered_at: datetime | None = None,
    precision: str = "second",
) -> Answer:
    """The one answer to a remark, with its reason. Without `answered_at` the day is not recorded."""
    if verdict not in VERDICTS:
        raise LookupError(f"no such verdict: {verdict}")
    made = Answer(
        neighbourhood_id=remark.neighbourhood_id, remark_id=remark.id, verdict=verdict, reason=reason,
        change_id=change_id, unchanged=unchanged, voice_id=voice.id if voice else None, answered_at=answered_at,
        revision=1,
    )  # fmt: skip
    remark.answer = made
    db.session.add(made)
    db.session.flush()
    trail.record(
        actor, "remark.answered", remark, words=made, voice=voice, happened=answered_at,
        precision=precision if answered_at else "unknown", facts={"verdict": verdict},
    )  # fmt: skip
    _record_change(actor, remark, made, voice, answered_at, precision if answered_at else "unknown")
    return made


def _apply_improved(actor: Actor, remark: Remark, there: Answer, voice: Voice, said: dict[str, Any]) -> Answer:
    """The answer as it is from now on; what it was stays beside it, with the salt that vouches for its words."""
    changed_before = there.change_id
    db.session.add(
        EarlierAnswer(
            neighbourhood_id=there.neighbourhood_id, answer_id=there.id, revision=there.revision,
            verdict=there.verdict, reason=there.reason, change_id=there.change_id, unchanged=there.unchanged,
            voice_id=there.voice_id, answered_at=there.answered_at, salt=there.salt,
        )
    )  # fmt: skip
    before = there.verdict
    for key, value in said.items():
        setattr(there, key, value)
    there.voice_id, there.answered_at, there.revision = voice.id, clock.now(), there.revision + 1
    db.session.flush()
    trail.record(
        actor, "remark.answer_improved", remark, words=there, voice=voice,
        facts={"verdict": there.verdict, "before": before, "revision": there.revision},
    )  # fmt: skip
    if (there.change_id, there.verdict) != (changed_before, before):
        _record_change(actor, remark, there, voice, there.answered_at, "second")
    return there


def _record_change(
    actor: Actor, remark: Remark, made: Answer, voice: Voice | None, at: datetime | None, precision: str
) -> None:
    """Which remark changed which text, as influence: the chain reads it from the thing that the text belongs to."""
    if made.change_id is None:
        return
    about: Any = db.session.get(model_of(remark.about_kind), remark.about_id)
    number = db.session.scalar(select(Version.number).where(Version.id == made.change_id))
    trail.record(
        actor, "remark.changed_text", about, because=[remark], how=made.verdict, voice=voice, happened=at,
        precision=precision, facts={"version": number},
    )  # fmt: skip


def come_out(remarks: Sequence[Remark], edition: int) -> None:
    """The answers to these remarks came out with this version: from now on they stand. Part of that deed."""
    for each in remarks:
        if each.answer is not None and each.answer.edition is None:
            each.answer.edition = edition
    db.session.flush()
