"""What the call answers when the neighbourhood page asks: how far it is, and what one can do now."""

from flask import url_for

from wijkplatform.calls.policy import has_round
from wijkplatform.calls.queries import reading as queries
from wijkplatform.core.actor import Actor
from wijkplatform.core.offers import OpenNow, Stage
from wijkplatform.core.policy import may
from wijkplatform.core.words import _, _n
from wijkplatform.places.models import Neighbourhood
from wijkplatform.rounds import queries as rounds
from wijkplatform.rounds.policy import is_open
from wijkplatform.web import dates


def stages(neighbourhood: Neighbourhood, actor: Actor) -> list[Stage]:
    call = queries.newest_call(actor, neighbourhood)
    if call is None:
        return [Stage(4, _("Uitvraag"), "next", _("Nog niet begonnen."), None)]
    href = url_for("calls.call", slug=call.slug)
    if call.state == "draft":
        open_ = has_round(call)
        sentence = (
            _("Er ligt een concept. U kunt reageren.") if open_ else _("Er ligt een concept. Reageren kan niet meer.")
        )
        return [Stage(4, _("Uitvraag"), "now", sentence, href)]
    state = {"writing": _("Wordt geschreven.")}.get(call.state, _("De tekst is definitief."))
    return [Stage(4, _("Uitvraag"), "next" if call.state == "writing" else "done", state, href)]


def open_now(neighbourhood: Neighbourhood, actor: Actor) -> list[OpenNow]:
    call = queries.call_to_read(neighbourhood)
    window = rounds.window_about(call) if call is not None and call.state == "draft" else None
    if call is None or window is None or not is_open(window):
        return []
    hear_by = window.hear_by
    return [
        OpenNow(
            stage=4,
            title=_("Reageer op de uitvraag"),
            say=_(
                "De gemeente vraagt wie er straks in de wijk gaat werken. Lees het concept en zeg wat er anders moet."
            ),
            button=_("Lees en reageer"),
            href=url_for("calls.call", slug=call.slug),
            facts=_n("Er is %(n)s reactie.", "Er zijn %(n)s reacties.", n=queries.how_many(call)),
            closes_at=window.closes_at,
            soft=_("U hoort uiterlijk op %(day)s wat ermee is gedaan.", day=dates.day(hear_by))
            if hear_by
            else _("De toezegging is nog niet vastgelegd."),
            mine=may(actor, "remark", call),
            weight=2,
        )
    ]
