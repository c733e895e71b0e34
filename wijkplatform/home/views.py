"""The start page, the neighbourhood page, finding an area, the page of components, and whether we are well."""

from typing import Any

from flask import Blueprint, current_app, request
from sqlalchemy import text

from wijkplatform.agenda import queries as agenda
from wijkplatform.agenda.models import Agenda
from wijkplatform.core import words
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import db
from wijkplatform.home import queries, tour
from wijkplatform.places import queries as places
from wijkplatform.places.models import Neighbourhood
from wijkplatform.web import components
from wijkplatform.web.guards import loads, open_to_all
from wijkplatform.web.keeping import EVERYWHERE, keeps
from wijkplatform.web.respond import page, plain_text, to_page

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@keeps(EVERYWHERE)
@open_to_all("the front door")
def start(actor: Actor) -> Any:
    fronts = queries.front(actor, places.neighbourhoods(actor))
    guests = queries.guests(fronts) if current_app.config["DEMO"] else {}
    return page("home/start.html", fronts=fronts, guests=guests, groups=tour.GROUPS, circle=queries.circle(fronts))


@blueprint.get("/wijken/<slug>")
@keeps(places.WHERE)
@loads(places.by_slug)
def neighbourhood(actor: Actor, neighbourhood: Neighbourhood) -> Any:
    return page(
        "home/neighbourhood.html", neighbourhood=neighbourhood, now=queries.now(neighbourhood, actor),
        areas=places.areas(actor, neighbourhood), needs=agenda.per_area(Agenda(neighbourhood)),
        centres=places.centres(actor, neighbourhood),
    )  # fmt: skip


@blueprint.get("/gebieden")
@open_to_all("public figures of Statistics Netherlands")
def areas(actor: Actor) -> Any:
    letters = request.args.get("q", "")[:100]
    found, total = places.find_areas(letters)
    ours = places.taking_part(actor, [each.code for each in found])
    return page("home/areas.html", parts=("gevonden",), letters=letters, found=found, total=total, ours=ours)


@blueprint.get("/onderdelen")
@open_to_all("what the pages are built of; holds no data of anybody")
def parts(actor: Actor) -> Any:
    return page("onderdelen.html", page_title="Onderdelen", noindex=True, **components.samples())


@blueprint.get("/gezond")
@open_to_all("health for whoever watches the server; says nothing but yes or no")
def health(actor: Actor) -> Any:
    db.session.execute(text("SELECT 1"))
    return plain_text("goed")


@blueprint.post("/taal")
@open_to_all("a language is anybody's choice")
def language(actor: Actor) -> Any:
    chosen = request.form.get("taal", "")
    return to_page(request.form.get("van", "/"), language=chosen if chosen in words.available() else words.DEFAULT)
