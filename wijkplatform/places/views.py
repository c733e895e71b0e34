"""Taking part in a neighbourhood: a resident says where they live."""

from typing import Any

from flask import Blueprint, request, url_for

from wijkplatform.core.actor import Actor
from wijkplatform.core.policy import why_not
from wijkplatform.core.words import _
from wijkplatform.places import forms, queries, service
from wijkplatform.places.models import Neighbourhood
from wijkplatform.web.guards import loads
from wijkplatform.web.paths import own_path
from wijkplatform.web.respond import go_to, page

blueprint = Blueprint("places", __name__)


@blueprint.route("/wijken/<slug>/meedoen", methods=["GET", "POST"])
@loads(queries.by_slug)
def join(actor: Actor, neighbourhood: Neighbourhood) -> Any:
    form = forms.Join(verder=request.args.get("verder"))
    form.offer(queries.areas(actor, neighbourhood))
    if form.accepts():
        service.join(actor, neighbourhood, form.area.data, form.name.data or None)
        said = _("Welkom in %(place)s. U kunt nu meedoen.", place=neighbourhood.name)
        return go_to(own_path(form.verder.data or url_for("home.neighbourhood", slug=neighbourhood.slug)), said=said)
    closed = why_not(actor, "join", neighbourhood)
    status = 403 if closed else 422 if form.errors else 200
    shown = {"neighbourhood": neighbourhood, "form": form, "closed": closed, "kept": "bewaard" in request.args}
    return page("places/join.html", status=status, **shown)
