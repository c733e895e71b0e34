"""Reading the call, and saying something about it."""

from typing import Any

from flask import Blueprint, request

from wijkplatform.calls import service
from wijkplatform.calls.forms import reading as forms
from wijkplatform.calls.models import Article, Call
from wijkplatform.calls.queries import reading as queries
from wijkplatform.core import lifecycle
from wijkplatform.core.actor import Actor
from wijkplatform.core.errors import Invalid, NotThere, Refused
from wijkplatform.core.policy import why_not
from wijkplatform.core.words import _
from wijkplatform.people import names
from wijkplatform.places import queries as places
from wijkplatform.places.doors import home_first, stranger
from wijkplatform.places.policy import at_home
from wijkplatform.remarks.models import Remark
from wijkplatform.rounds import queries as rounds
from wijkplatform.web import hats
from wijkplatform.web.guards import loads
from wijkplatform.web.keeping import keeps
from wijkplatform.web.respond import back_to, page

blueprint = Blueprint("calls", __name__)


def _about(call: Call) -> dict[str, Any]:
    """What every page about a call shows: where it belongs, and until when one can say something."""
    box = rounds.box_about(call)
    return {"call": call, "neighbourhood": places.by_id(call.neighbourhood_id), "box": box}


@blueprint.get("/uitvragen/<slug>")
@keeps(queries.WHERE)
@loads(queries.call_to_show)
def call(actor: Actor, call: Call) -> Any:
    shown = _about(call)
    found = queries.reading(call, _number("versie"))
    if found is None and "versie" in request.args:
        raise NotThere(_("Deze versie is er niet."))
    state = lifecycle.state_word(Call, found.edition.state if found else call.state)
    return page("calls/call.html", found=found, state=state, closed=why_not(actor, "remark", call), **shown)


def _number(name: str) -> int | None:
    raw = request.args.get(name, "")[:6]
    return int(raw) if raw.isascii() and raw.isdigit() else None


@blueprint.get("/uitvragen/<slug>/artikelen/<code>")
@keeps(queries.WHERE)
@loads(queries.article_of)
def article(actor: Actor, article: Article) -> Any:
    """One article with everything that is said about it, or about one passage of it."""
    only, most = request.args.get("stuk") or None, min(max(_number("tot") or 0, queries.PAGE), 500)
    shown = queries.one_article(actor, article, stuk=only, most=most)
    return page(
        "calls/article.html", parts=("reacties",), article=article, shown=shown, only=only, most=most,
        closed=why_not(actor, "remark", article), **_about(article.call),
    )  # fmt: skip


@blueprint.route("/uitvragen/<slug>/artikelen/<code>/reageren", methods=["GET", "POST"])
@loads(queries.article_of)
@home_first("remark")
def make_remark(actor: Actor, article: Article) -> Any:
    form, passage = _remark_form(actor, article)
    if form.accepts():
        try:
            made = service.remark(actor, article, form.hat.hat, **_meant(form, passage))
        except (Invalid, Refused) as problem:
            form.refuse(getattr(problem, "field", "text"), problem.sentence)
        else:
            hats.remember(form.hat.hat)
            said = _("Uw reactie staat erbij. Het is nummer %(code)s.", code=made.code)
            return back_to("calls.remark", slug=article.call.slug, code=made.code, said=said)
    return _form_page("calls/remark_new.html", actor, article, form, passage=passage)


def _remark_form(actor: Actor, article: Article) -> tuple[forms.Remark, Any]:
    form = _speak_form(actor, article, forms.Remark())
    version, passages = queries.to_speak_about(article, form.read.data)
    if request.method == "GET" and not form.given_back:
        form.stuk.data, form.words.data = request.args.get("stuk", ""), request.args.get("woorden", "")[:2000]
        form.near.data, form.read.data = _number("plek"), version.number if version else None
    passage = next((each for each in passages if each.key == form.stuk.data), None)
    form.offer(passage.text if passage else None)
    return form, passage


def _speak_form(actor: Actor, article: Article, form: Any) -> Any:
    hats.offer(form.hat, actor, at_home, article)  # whoever takes part here, in whatever role
    form.ask_shown_as(names.still_to_ask(actor))
    return form


def _meant(form: forms.Remark, passage: Any) -> dict[str, Any]:
    key = passage.key if passage and form.about.data != forms.ARTICLE else None
    meant = service.Meant(key=key, words=form.quote, near=form.begins)
    return {"text": form.text.data, "read": form.read.data or 0, "meant": meant, "shown_as": _shown_as(form)}


def _shown_as(form: Any) -> str | None:
    return form.shown_as.data if "shown_as" in form else None


def _form_page(template: str, actor: Actor, article: Article, form: Any, **shown: Any) -> Any:
    """A page with a form; to somebody who may not fill it in, its answer is a refusal unless there is more to read."""
    closed = why_not(actor, "remark", article)
    refused = closed and actor.known and (request.method == "POST" or "remark" not in shown)
    return page(
        template, status=403 if refused else 422 if form.errors else 200, form=form, article=article, closed=closed,
        strange=stranger(actor, "remark", article), **_about(article.call), **shown,
    )  # fmt: skip


@blueprint.route("/uitvragen/<slug>/reacties/<code>", methods=["GET", "POST"])
@loads(queries.remark_of)
def remark(actor: Actor, remark: Remark) -> Any:
    """One remark with its passage, its answer and the replies; and the form to reply."""
    article = queries.article_by_id(remark.about_id)
    form = _speak_form(actor, article, forms.Speak())
    if form.accepts():
        try:
            made = service.reply(actor, remark, article, form.hat.hat, text=form.text.data, shown_as=_shown_as(form))
        except (Invalid, Refused) as problem:
            form.refuse(getattr(problem, "field", "text"), problem.sentence)
        else:
            hats.remember(form.hat.hat)
            slug, said = article.call.slug, _("Uw antwoord op deze reactie staat erbij.")
            return back_to("calls.remark", slug=slug, code=remark.code, anchor=made.code, said=said)
    return _form_page("calls/remark.html", actor, article, form, **_remark_parts(actor, remark, article))


def _remark_parts(actor: Actor, remark: Remark, article: Article) -> dict[str, Any]:
    stands, now = queries.standing(remark, article)
    replies, above = queries.thread(actor, remark, article), queries.above(remark)
    return {"remark": remark, "replies": replies, "stands": stands, "now": now, "above": above}
