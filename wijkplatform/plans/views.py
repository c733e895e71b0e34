"""The plan: contents and state, a chapter, writing in it, its history, and all of it to print."""

from typing import Any

from flask import Blueprint, request

from wijkplatform.core import lifecycle, trail
from wijkplatform.core.actor import Actor
from wijkplatform.core.errors import Invalid, NotThere, Refused, Stale
from wijkplatform.core.policy import why_not
from wijkplatform.core.words import _
from wijkplatform.places import queries as places
from wijkplatform.places.doors import home_first, stranger
from wijkplatform.places.models import Neighbourhood
from wijkplatform.plans import forms, queries, service
from wijkplatform.plans.models import Plan, Section
from wijkplatform.plans.policy import co_author
from wijkplatform.rounds import queries as rounds
from wijkplatform.texts import conflicts
from wijkplatform.texts import queries as texts
from wijkplatform.web import hats
from wijkplatform.web.guards import loads
from wijkplatform.web.keeping import EVERYWHERE, keeps
from wijkplatform.web.respond import back_to, page

blueprint = Blueprint("plans", __name__)


def _section_page(template: str, section: Section, status: int = 200, **shown: Any) -> Any:
    """A page about one section: all of them show where they belong, and until when one can write."""
    neighbourhood, plan = places.by_id(section.neighbourhood_id), section.plan
    box = rounds.box_about(plan)
    return page(template, status=status, section=section, plan=plan, neighbourhood=neighbourhood, box=box, **shown)


@blueprint.get("/wijken/<slug>/plan")
@keeps(places.WHERE)
@loads(places.by_slug)
def plan(actor: Actor, neighbourhood: Neighbourhood) -> Any:
    found = queries.plan_of(actor, neighbourhood)
    return page(
        "plans/plan.html", neighbourhood=neighbourhood, **(_plan_parts(actor, found) if found else {"plan": None})
    )


def _plan_parts(actor: Actor, plan: Plan) -> dict[str, Any]:
    return {
        "plan": plan,
        "lines": queries.contents(plan),
        "editions": queries.editions(plan),
        "moves": lifecycle.options(actor, plan),
        "box": rounds.box_about(plan),
        "closed": why_not(actor, "write", plan),
    }


@blueprint.get("/wijken/<slug>/plan/alles")
@keeps(EVERYWHERE)
@loads(queries.whole_plan)
def everything(actor: Actor, plan: Plan) -> Any:
    neighbourhood = places.by_id(plan.neighbourhood_id)
    lines, head = queries.contents(plan), trail.head()
    return page("plans/everything.html", plan=plan, neighbourhood=neighbourhood, lines=lines, head=head)


@blueprint.post("/wijken/<slug>/plan/stap/<move>")
@loads(queries.plan_to_move)
def step(actor: Actor, plan: Plan) -> Any:
    if (move := lifecycle.find(Plan, request.view_args["move"])) is None:
        raise NotThere(_("Deze stap kent het plan niet."))
    service.move(actor, plan, move.name)
    said = _("Het plan is nu: %(state)s.", state=lifecycle.state_name(plan))
    return back_to("plans.plan", slug=places.by_id(plan.neighbourhood_id).slug, said=said)


@blueprint.get("/wijken/<slug>/plan/<code>")
@keeps(places.WHERE)
@loads(queries.section_to_show)
def section(actor: Actor, section: Section) -> Any:
    return _section_page(
        "plans/section.html", section, version=queries.text_now(section), writers=queries.writers(section),
        needs=queries.needs_of(section), principles=queries.principles_of(section),
        around=queries.neighbours(section), closed=why_not(actor, "revise", section),
    )  # fmt: skip


@blueprint.route("/wijken/<slug>/plan/<code>/bewerken", methods=["GET", "POST"])
@loads(queries.section_of)
@home_first("revise")
def revise(actor: Actor, section: Section) -> Any:
    form = _writing_form(actor, section, forms.Revise())
    if form.accepts():
        try:
            return _saved(section, service.revise(actor, section, form.hat.hat, **_written(form)))
        except Stale as stale:
            return _conflict(actor, section, stale, form)
        except (Invalid, Refused) as problem:
            form.refuse(getattr(problem, "field", "body"), problem.sentence)
    return _writing_page(actor, section, form)


@blueprint.post("/wijken/<slug>/plan/<code>/samenvoegen")
@loads(queries.section_of)
@home_first("revise")
def join(actor: Actor, section: Section) -> Any:
    form = _writing_form(actor, section, forms.Joined())
    if form.accepts():
        try:
            mine = conflicts.joined(section.text, form.base.data, form.theirs.data, form.body.data, request.form)
            return _saved(section, service.revise(actor, section, form.hat.hat, **_written(form, mine)))
        except Stale as stale:
            return _conflict(actor, section, stale, form)
        except (Invalid, Refused) as problem:
            form.refuse(getattr(problem, "field", "body"), problem.sentence)
    return _writing_page(actor, section, form)


def _writing_form(actor: Actor, section: Section, form: Any) -> Any:
    hats.offer(form.hat, actor, co_author, section)
    if not form.is_submitted() and not form.given_back:
        head = texts.head(section.text)
        form.body.data, form.base.data = head.body, head.number
    return form


def _written(form: Any, joined: str | None = None) -> dict[str, Any]:
    """What goes to the service; of two texts made one the base is the version that came in between."""
    if joined is None:
        return {"body": form.body.data, "base": form.base.data, "note": form.note.data or None}
    theirs = form.theirs.data
    return {"body": joined, "base": theirs, "note": form.note.data or None, "joined": theirs}


def _saved(section: Section, version: Any) -> Any:
    said = _("Bewaard als versie %(no)s.", no=version.number)
    if version.restored:
        back = version.restored
        said = _("Bewaard als versie %(no)s. De tekst van versie %(old)s staat er weer.", no=version.number, old=back)
    if version.joined and version.base != version.joined:
        said = _(
            "Bewaard als versie %(no)s. Iemand anders schreef ook. Wij voegden de teksten samen.", no=version.number
        )
    slug = places.by_id(section.neighbourhood_id).slug
    return back_to("plans.section", slug=slug, code=section.code, said=said)


def _writing_page(actor: Actor, section: Section, form: Any) -> Any:
    closed = why_not(actor, "revise", section)
    status = 403 if closed else 422 if form.errors else 200
    strange = stranger(actor, "revise", section)
    return _section_page("plans/edit.html", section, status, form=form, closed=closed, strange=strange)


def _conflict(actor: Actor, section: Section, stale: Stale, form: Any) -> Any:
    both = conflicts.parts(stale)
    return _section_page("plans/conflict.html", section, 409, form=form, stale=stale, both=both)


@blueprint.get("/wijken/<slug>/plan/<code>/geschiedenis")
@keeps(places.WHERE)
@loads(queries.section_of)
def history(actor: Actor, section: Section) -> Any:
    return _section_page("plans/history.html", section, versions=texts.versions(section.text))


@blueprint.get("/wijken/<slug>/plan/<code>/vergelijk")
@keeps(places.WHERE)
@loads(queries.section_of)
def compare(actor: Actor, section: Section) -> Any:
    old, new = (request.args.get(name, "") for name in ("van", "naar"))
    pair = conflicts.pair(section.text, old, new)
    if pair is None:
        raise NotThere(_("Kies twee versies die er zijn."))
    compared = conflicts.compared(*pair)
    return _section_page(
        "plans/compare.html", section, old=pair[0], new=pair[1], compared=compared,
        versions=texts.versions(section.text),
    )  # fmt: skip


@blueprint.route("/wijken/<slug>/plan/<code>/versies/<int:number>", methods=["GET", "POST"])
@loads(queries.section_and_version)
def version(actor: Actor, section: Section) -> Any:
    number = request.view_args["number"]
    form = forms.Restore()
    hats.offer(form.hat, actor, co_author, section)
    if form.accepts():
        try:
            return _saved(section, service.restore(actor, section, form.hat.hat, number, form.note.data))
        except (Invalid, Refused) as problem:
            form.refuse("note", problem.sentence)
    closed, old = why_not(actor, "restore", section), texts.version(section.text, number)
    status = 403 if closed and form.is_submitted() else 422 if form.errors else 200
    return _section_page("plans/version.html", section, status, form=form, version=old, closed=closed)
