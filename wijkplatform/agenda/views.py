"""The residents' agenda: read it, support a need, raise one."""

from typing import Any

from flask import Blueprint, request

from wijkplatform.agenda import forms, queries, service
from wijkplatform.agenda.models import Agenda, Need
from wijkplatform.agenda.policy import of_the_neighbourhood
from wijkplatform.attachments import forms as attach_forms
from wijkplatform.attachments import queries as attachments
from wijkplatform.core.actor import Actor
from wijkplatform.core.errors import Invalid, Refused
from wijkplatform.core.policy import why_not
from wijkplatform.core.words import _
from wijkplatform.people import names
from wijkplatform.places import queries as places
from wijkplatform.places.doors import home_first, stranger
from wijkplatform.rounds import queries as rounds
from wijkplatform.web import hats
from wijkplatform.web.guards import loads
from wijkplatform.web.keeping import keeps
from wijkplatform.web.respond import back_to, page

blueprint = Blueprint("agenda", __name__)


@blueprint.get("/wijken/<slug>/agenda")
@keeps(places.WHERE)
@loads(queries.agenda_of)
def agenda(actor: Actor, agenda: Agenda) -> Any:
    choice = _choice()
    return page(
        "agenda/agenda.html", parts=("punten",), neighbourhood=agenda.neighbourhood,
        found=queries.listing(actor, agenda, choice), choice=choice, areas=places.areas(actor, agenda.neighbourhood),
        counts=queries.per_area(agenda), closed=why_not(actor, "raise_need", agenda),
        box=rounds.box_about(agenda.neighbourhood),
    )  # fmt: skip


def _choice() -> queries.Choice:
    """What of the agenda is wanted; what makes no sense is passed over."""
    order = request.args.get("volgorde", "steun")
    shown = request.args.get("tot", "")[:6]
    return queries.Choice(
        order=order if order in queries.ORDERS else "steun",
        area=request.args.get("buurt") or None,
        shown=min(max(int(shown), queries.PAGE), 500) if shown.isascii() and shown.isdigit() else queries.PAGE,
    )


@blueprint.route("/wijken/<slug>/agenda/nieuw", methods=["GET", "POST"])
@loads(queries.agenda_of)
@home_first("raise_need")
def raise_need(actor: Actor, agenda: Agenda) -> Any:
    form = _raise_form(actor, agenda)
    if form.accepts():
        try:
            need = service.raise_need(actor, agenda, form.hat.hat, **_raised(form))
        except (Invalid, Refused) as problem:
            form.refuse(getattr(problem, "field", "title"), problem.sentence)
        else:
            hats.remember(form.hat.hat)
            said = _("Uw punt staat op de agenda. Het is nummer %(code)s.", code=need.code)
            return back_to("agenda.need", slug=agenda.neighbourhood.slug, code=need.code, said=said)
    closed = why_not(actor, "raise_need", agenda)
    return page(
        "agenda/new.html", status=403 if closed else 422 if form.errors else 200, form=form, closed=closed,
        neighbourhood=agenda.neighbourhood, strange=stranger(actor, "raise_need", agenda),
    )  # fmt: skip


def _raise_form(actor: Actor, agenda: Agenda) -> forms.Raise:
    form = forms.Raise()
    form.offer_areas(places.areas(actor, agenda.neighbourhood))
    hats.offer(form.hat, actor, of_the_neighbourhood, agenda)
    form.ask_shown_as(names.still_to_ask(actor))
    return form


def _raised(form: forms.Raise) -> dict[str, Any]:
    return {
        "title": form.title.data,
        "text": form.text.data if (form.text.data or "").strip() else form.title.data,
        "areas": form.areas.data or [],
        "shown_as": form.shown_as.data if "shown_as" in form else None,
    }


@blueprint.get("/wijken/<slug>/agenda/<code>")
@keeps(places.WHERE)
@loads(queries.need_of)
def need(actor: Actor, need: Need) -> Any:
    return _need_page(actor, need, attach_forms.Attach())


def _need_page(actor: Actor, need: Need, form: attach_forms.Attach) -> Any:
    neighbourhood = places.by_id(need.neighbourhood_id)
    return page(
        "agenda/need.html", parts=("steun",), status=422 if form.errors else 200, form=form,
        neighbourhood=neighbourhood, line=queries.lines(actor, [need])[0], areas=places.areas(actor, neighbourhood),
        box=rounds.box_about(neighbourhood),
        sections=queries.named_in(need), files=attachments.of(actor, need), no_files=why_not(actor, "attach", need),
    )  # fmt: skip


@blueprint.post("/wijken/<slug>/agenda/<code>/bijlage")
@loads(queries.need_of)
def attach(actor: Actor, need: Need) -> Any:
    form = attach_forms.Attach()
    if form.accepts():
        try:
            service.attach(actor, need, form.sent(), form.description.data)
            slug = places.by_id(need.neighbourhood_id).slug
            return back_to("agenda.need", slug=slug, code=need.code, said=_("Uw bestand staat erbij."))
        except Invalid as problem:
            form.refuse(problem.field, problem.sentence)
    return _need_page(actor, need, form)


@blueprint.post("/wijken/<slug>/agenda/<code>/steun")
@loads(queries.need_of)
def support(actor: Actor, need: Need) -> Any:
    form = forms.Support()
    slug = places.by_id(need.neighbourhood_id).slug
    if not form.accepts() or form.deed.data not in ("support", "withdraw"):
        raise Invalid("deed", _("Gebruik de knop die bij dit punt staat."))
    if form.deed.data == "withdraw":
        service.withdraw(actor, need)
        said = _("Uw steun is ingetrokken.")
    else:
        service.support(actor, need)
        said = _("U steunt dit punt.")
    return back_to("agenda.need", slug=slug, code=need.code, said=said)
