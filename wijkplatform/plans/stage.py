"""What the plan answers when the neighbourhood page asks: how far it is, and what one can do now."""

from flask import url_for

from wijkplatform.core import clock
from wijkplatform.core.actor import Actor
from wijkplatform.core.offers import OpenNow, Stage
from wijkplatform.core.policy import may
from wijkplatform.core.words import _, _n
from wijkplatform.places.models import Neighbourhood
from wijkplatform.plans import queries
from wijkplatform.rounds import queries as rounds
from wijkplatform.web import dates


def stages(neighbourhood: Neighbourhood, actor: Actor) -> list[Stage]:
    plan = queries.plan_to_read(neighbourhood)
    if plan is None:
        return [Stage(2, _("Wijkplan"), "next", _("Nog niet begonnen."), None)]
    state = {"writing": "now", "inspection": "now", "adopted": "done"}[plan.state]
    sentence = {
        "writing": _("Schrijfversie. U kunt meeschrijven."),
        "inspection": _("Ligt ter inzage."),
        "adopted": _("Vastgesteld. Geldt tot en met %(day)s.", day=dates.day(neighbourhood.plan_end)),
    }[plan.state]
    return [Stage(2, _("Wijkplan"), state, sentence, url_for("plans.plan", slug=neighbourhood.slug))]


def open_now(neighbourhood: Neighbourhood, actor: Actor) -> list[OpenNow]:
    plan = queries.plan_to_read(neighbourhood)
    if plan is None or plan.state != "writing":
        return []
    window = rounds.window_about(plan)
    closes, hear_by = (window.closes_at, window.hear_by) if window else (None, None)
    if clock.reached(closes):
        return []
    mine = may(actor, "write", plan)
    reads = bool(actor.hats_in(neighbourhood.id)) and not mine  # takes part here in a role that does not write
    return [
        OpenNow(
            stage=2,
            title=_("Lees hoe het wijkplan groeit") if reads else _("Schrijf mee aan het wijkplan"),
            say=_("De wijk schrijft aan haar plan. U kunt meelezen.")
            if reads
            else _("De wijk schrijft aan haar plan. Eén zin van u is al genoeg."),
            button=_("Lees het plan") if reads else _("Lees en schrijf mee"),
            href=url_for("plans.plan", slug=neighbourhood.slug),
            facts=_n("Er is %(n)s hoofdstuk.", "Er zijn %(n)s hoofdstukken.", n=len(queries.open_sections(plan))),
            closes_at=closes,
            soft=_("U hoort uiterlijk op %(day)s wat ermee is gedaan.", day=dates.day(hear_by))
            if hear_by
            else _("De toezegging is nog niet vastgelegd."),
            mine=mine,
            weight=1,
        )
    ]
