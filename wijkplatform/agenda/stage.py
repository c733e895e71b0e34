"""What the agenda answers when the neighbourhood page asks: how far it is, and what one can do now."""

from flask import url_for

from wijkplatform.agenda import queries
from wijkplatform.agenda.models import Agenda
from wijkplatform.core.actor import Actor
from wijkplatform.core.offers import OpenNow, Stage
from wijkplatform.core.policy import may
from wijkplatform.core.words import _, _n
from wijkplatform.places.models import Neighbourhood


def stages(neighbourhood: Neighbourhood, actor: Actor) -> list[Stage]:
    total, _first = queries.summary(Agenda(neighbourhood))
    sentence = _n("%(n)s punt. Blijft altijd open.", "%(n)s punten. Blijft altijd open.", n=total)
    href = url_for("agenda.agenda", slug=neighbourhood.slug)
    return [Stage(1, _("Bewonersagenda"), "done" if total else "now", sentence, href)]


def open_now(neighbourhood: Neighbourhood, actor: Actor) -> list[OpenNow]:
    agenda = Agenda(neighbourhood)
    total, first = queries.summary(agenda)
    facts = _n("Er staat %(n)s punt op.", "Er staan %(n)s punten op.", n=total)
    if first is not None:
        facts += " " + _("De meeste steun heeft: ‘%(title)s’.", title=first)
    mine = may(actor, "raise_need", agenda)
    reads = bool(actor.hats_in(neighbourhood.id)) and not mine  # takes part here in a role that answers or watches
    return [
        OpenNow(
            stage=1,
            title=_("Lees wat er beter moet in de wijk") if reads else _("Zeg wat er beter moet in de wijk"),
            say=_("De agenda is van bewoners. Lees wat er beter moet in de wijk.")
            if reads
            else _("De agenda is van bewoners. Zeg wat er beter moet in uw wijk."),
            button=_("Bekijk de agenda"),
            href=url_for("agenda.agenda", slug=neighbourhood.slug),
            facts=facts,
            closes_at=None,
            soft=_("De gemeente antwoordt, maar verandert er niets aan."),
            mine=mine,
        )
    ]
