"""Moments with their promises: what is open, late and over; giving a promise, and saying that it was kept."""

from typing import Any

from flask import Blueprint, request

from wijkplatform.core.actor import Actor
from wijkplatform.core.errors import Invalid, Refused
from wijkplatform.core.policy import why_not
from wijkplatform.core.words import _
from wijkplatform.places import queries as places
from wijkplatform.places.policy import official
from wijkplatform.rounds import forms, listing, queries, service
from wijkplatform.rounds.models import Moment, Moments
from wijkplatform.rounds.policy import HOSTS
from wijkplatform.web import hats
from wijkplatform.web.guards import loads
from wijkplatform.web.respond import back_to, page

blueprint = Blueprint("rounds", __name__)


@blueprint.get("/wijken/<slug>/momenten")
@loads(listing.moments_of)
def moments(actor: Actor, moments: Moments) -> Any:
    shown = request.args.get("tot", "")[:6]
    piece = min(max(int(shown), listing.PAGE), 500) if shown.isascii() and shown.isdigit() else listing.PAGE
    return page(
        "rounds/moments.html", parts=("geweest",), neighbourhood=moments.neighbourhood, shown=piece,
        found=listing.listing(actor, moments, piece), records=listing.records(actor, moments),
    )  # fmt: skip


@blueprint.route("/wijken/<slug>/momenten/<code>/toezegging", methods=["GET", "POST"])
@loads(listing.moment_of)
def promise(actor: Actor, moment: Moment) -> Any:
    form, slug = forms.GivePromise(), places.by_id(moment.neighbourhood_id).slug
    form.offer_levels()
    hats.offer(form.hat, actor, HOSTS, moment)
    if form.accepts():
        try:
            service.promise(actor, moment, form.hat.hat, form.promise())
            hats.remember(form.hat.hat)
            return back_to(
                "rounds.moments", slug=slug, anchor=moment.code, said=_("Uw toezegging staat er, voor iedereen.")
            )
        except (Invalid, Refused) as problem:
            form.refuse(getattr(problem, "field", "level"), problem.sentence)
    return _form_page("rounds/give.html", actor, moment, form, "promise", means=forms.MEANS)


def _form_page(template: str, actor: Actor, moment: Moment, form: Any, action: str, **more: Any) -> Any:
    closed = why_not(actor, action, moment)
    return page(
        template, status=403 if closed else 422 if form.errors else 200, form=form, closed=closed, typed=form.is_submitted(),
        neighbourhood=places.by_id(moment.neighbourhood_id), moment=moment, box=queries.box(moment), **more,
    )  # fmt: skip


@blueprint.route("/wijken/<slug>/momenten/<code>/gehouden", methods=["GET", "POST"])
@loads(listing.moment_of)
def keep(actor: Actor, moment: Moment) -> Any:
    form, slug = forms.Keep(), places.by_id(moment.neighbourhood_id).slug
    hats.offer(form.hat, actor, official, moment)
    if form.accepts():
        try:
            service.keep(actor, moment, form.hat.hat, form.where.data)
            hats.remember(form.hat.hat)
            return back_to(
                "rounds.moments", slug=slug, anchor=moment.code, said=_("Er staat nu dat iedereen het heeft gehoord.")
            )
        except Refused as problem:
            form.refuse("where", problem.sentence)
    return _form_page("rounds/keep.html", actor, moment, form, "keep")
