"""Working on the next version: writing articles, new ones, those that go, and bringing it out."""

from typing import Any

from flask import request

from wijkplatform.calls import lifecycle as states
from wijkplatform.calls import service
from wijkplatform.calls.forms import answering as forms
from wijkplatform.calls.models import Call, Draft
from wijkplatform.calls.queries import answering, drafting, notes
from wijkplatform.calls.views.answering import blueprint, not_yours
from wijkplatform.core import lifecycle
from wijkplatform.core.actor import Actor
from wijkplatform.core.errors import Invalid, NotThere, Refused, Stale
from wijkplatform.core.policy import why_not
from wijkplatform.core.words import _
from wijkplatform.places.policy import official
from wijkplatform.texts import conflicts
from wijkplatform.texts import queries as texts
from wijkplatform.web import hats
from wijkplatform.web.guards import loads
from wijkplatform.web.respond import back_to, page


def _article_page(template: str, draft: Draft, status: int = 200, **shown: Any) -> Any:
    neighbourhood = drafting.neighbourhood_of(draft.call)
    return page(template, status=status, article=draft.article, call=draft.call, neighbourhood=neighbourhood, **shown)


@blueprint.route("/uitvragen/<slug>/artikelen/<code>/bewerken", methods=["GET", "POST"])
@loads(drafting.draft_of)
def revise(actor: Actor, draft: Draft) -> Any:
    form = _writing_form(actor, draft, forms.WriteArticle())
    if form.accepts():
        try:
            return _saved(draft, service.revise(actor, draft, form.hat.hat, **_written(draft, form)))
        except Stale as stale:
            return _conflict(draft, stale, form)
        except (Invalid, Refused) as problem:
            form.refuse(getattr(problem, "field", "body"), problem.sentence)
    return _writing_page(actor, draft, form)


@blueprint.post("/uitvragen/<slug>/artikelen/<code>/samenvoegen")
@loads(drafting.draft_of)
def join(actor: Actor, draft: Draft) -> Any:
    form = _writing_form(actor, draft, forms.JoinArticle())
    if form.accepts():
        try:
            mine = conflicts.joined(draft.text, form.base.data, form.theirs.data, form.body.data, request.form)
            return _saved(draft, service.revise(actor, draft, form.hat.hat, **_written(draft, form, mine)))
        except Stale as stale:
            return _conflict(draft, stale, form)
        except (Invalid, Refused) as problem:
            form.refuse(getattr(problem, "field", "body"), problem.sentence)
    return _writing_page(actor, draft, form)


def _writing_form(actor: Actor, draft: Draft, form: Any) -> Any:
    hats.offer(form.hat, actor, official, draft)
    form.because.offer(answering.open_on(draft.article))
    if not form.is_submitted() and not form.given_back:
        head = texts.head(draft.text)
        form.body.data, form.base.data = head.body, head.number
        form.because.data = request.args.getlist("reactie")
    return form


def _written(draft: Draft, form: Any, joined: str | None = None) -> dict[str, Any]:
    """What goes to the service; of two texts made one the base is the version that came in between."""
    because = answering.by_codes(draft.call, draft.article.id, form.because.data or ())
    kept = {"note": form.note.data or None, "because": because}
    if joined is None:
        return {"body": form.body.data, "base": form.base.data, **kept}
    return {"body": joined, "base": form.theirs.data, "joined": form.theirs.data, **kept}


def _saved(draft: Draft, version: Any) -> Any:
    said = _("Artikel %(no)s is bewaard voor de volgende versie.", no=draft.article.number)
    if version.joined and version.base != version.joined:
        said += " " + _("Iemand anders schreef ook. Wij voegden de teksten samen.")
    return back_to("answering.next_version", slug=draft.call.slug, said=said, anchor=draft.article.code)


def _writing_page(actor: Actor, draft: Draft, form: Any) -> Any:
    closed = why_not(actor, "revise", draft)
    status = 403 if closed else 422 if form.errors else 200
    return _article_page("calls/edit.html", draft, status, form=form, closed=closed, lang=draft.text.language)


def _conflict(draft: Draft, stale: Stale, form: Any) -> Any:
    return _article_page("calls/conflict.html", draft, 409, form=form, stale=stale, both=conflicts.parts(stale))


@blueprint.route("/uitvragen/<slug>/artikelen/nieuw", methods=["GET", "POST"])
@loads(drafting.call_of)
def new_article(actor: Actor, call: Call) -> Any:
    form = forms.NewArticle()
    hats.offer(form.hat, actor, official, call)
    if form.accepts():
        try:
            article = service.add_article(
                actor, call, form.hat.hat, title=form.title.data, body=form.body.data, note=form.note.data or None
            )
            said = _("Artikel %(no)s staat klaar voor de volgende versie.", no=article.number)
            return back_to("answering.next_version", slug=call.slug, said=said, anchor=article.code)
        except (Invalid, Refused) as problem:
            form.refuse(getattr(problem, "field", "body"), problem.sentence)
    closed = why_not(actor, "write", call)
    status = 403 if closed else 422 if form.errors else 200
    neighbourhood = drafting.neighbourhood_of(call)
    return page(
        "calls/new_article.html", status=status, call=call, neighbourhood=neighbourhood, form=form, closed=closed
    )


@blueprint.post("/uitvragen/<slug>/artikelen/<code>/vervalt")
@loads(drafting.draft_of)
def drop(actor: Actor, draft: Draft) -> Any:
    form = forms.Drop()
    hats.offer(form.hat, actor, official, draft)
    if why_not(actor, "drop", draft) is not None:
        raise Refused(why_not(actor, "drop", draft))
    if not form.accepts() or form.deed.data not in ("drop", "put_back"):
        raise Invalid("deed", _("Gebruik de knop die bij dit artikel staat."))
    said = _("Artikel %(no)s staat weer in de volgende versie.", no=draft.article.number)
    if form.deed.data == "drop":
        said = _("Artikel %(no)s vervalt in de volgende versie.", no=draft.article.number)
    (service.drop if form.deed.data == "drop" else service.put_back)(actor, draft, form.hat.hat)
    return back_to("answering.next_version", slug=draft.call.slug, said=said, anchor=draft.article.code)


@blueprint.route("/uitvragen/<slug>/volgende-versie", methods=["GET", "POST"])
@loads(drafting.call_of)
def next_version(actor: Actor, call: Call) -> Any:
    form = forms.BringOut()
    hats.offer(form.hat, actor, official, call)
    if form.accepts():
        try:
            return _brought_out(call, _bring_out(actor, call, form))
        except (Invalid, Refused) as problem:
            form.refuse(getattr(problem, "field", "note"), problem.sentence)
    return _next_page(actor, call, form)


def _bring_out(actor: Actor, call: Call, form: forms.BringOut) -> Any:
    """Only what the page said: a new draft never becomes the final text because a deadline passed in between."""
    if (move := lifecycle.find(Call, form.move.data)) is None:
        raise Invalid("note", _("Deze stap kent de uitvraag niet. Gebruik de knop die hieronder staat."))
    return service.move(
        actor, call, move.name, form.hat.hat, note=form.note.data or None, introduction=form.introduction.data or ""
    )


def _brought_out(call: Call, edition: Any) -> Any:
    said = _("Versie %(no)s is uit. Iedereen leest nu deze tekst.", no=edition.number)
    return back_to("answering.versions", slug=call.slug, said=said)


def _next_page(actor: Actor, call: Call, form: forms.BringOut) -> Any:
    if not official.holds(actor, call):
        lead = _("Hier werkt de gemeente aan de volgende tekst. U leest hem zodra hij uitkomt.")
        return not_yours(actor, call, _("De volgende versie"), lead)
    closed, lines = why_not(actor, "write", call), drafting.lines(call)
    standing = drafting.standing(call, lines)
    if not form.is_submitted() and not form.given_back and not standing.unanswered:
        form.introduction.data = notes.introduction_of(call)
    return page(
        "calls/next_version.html", status=403 if closed and form.is_submitted() else 422 if form.errors else 200,
        call=call, neighbourhood=drafting.neighbourhood_of(call), form=form, closed=closed, lines=lines,
        standing=standing, option=states.next_option(actor, call, standing),
        waiting=drafting.waiting(call, answering.PAGE) if standing.unanswered else [],
    )  # fmt: skip


@blueprint.get("/uitvragen/<slug>/artikelen/<code>/vergelijk")
@loads(drafting.draft_of)
def compare_article(actor: Actor, draft: Draft) -> Any:
    """What changed in an article: for everybody as far as it came out or an answer points to it."""
    pair = conflicts.pair(draft.text, request.args.get("van", ""), request.args.get("naar", ""))
    readable = official.holds(actor, draft) or (
        pair and {each.number for each in pair} <= notes.article_versions(draft.article)
    )
    if pair is None or not readable:
        raise NotThere(_("Kies twee versies die er zijn."))
    remarks = notes.changed_for(draft.article, pair[1])
    return _article_page(
        "calls/compare_article.html",
        draft,
        old=pair[0],
        new=pair[1],
        compared=conflicts.compared(*pair),
        remarks=remarks,
    )
