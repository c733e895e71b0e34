"""The pages to get in and out, and one's own sessions. Every link is opened by a button: scanners only fetch."""

from typing import Any

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from wijkplatform.core.actor import Actor
from wijkplatform.core.errors import Invalid, NotThere
from wijkplatform.core.words import _
from wijkplatform.people import devices, forms, names, queries, service, sessions
from wijkplatform.people.models import Session
from wijkplatform.web import kept
from wijkplatform.web.guards import for_people, loads, open_to_all
from wijkplatform.web.paths import own_path
from wijkplatform.web.respond import back_to, go_to, page

blueprint = Blueprint("people", __name__)


@blueprint.after_request
def private(response: Response) -> Response:
    """Nothing of these pages stays in a browser or on the way, least of all an address with a token in it."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _go_in(entry: service.Entry) -> BaseResponse:
    """Start the session and make it final together with the login that it belongs to, then go where they were going."""
    sessions.start(entry.person, entry.strong)
    return go_to(own_path(entry.next_path), said=_("U bent ingelogd."))


@blueprint.get("/inloggen")
@open_to_all("the door")
def ask(actor: Actor) -> Any:
    if actor.known:
        return redirect(own_path(request.args.get("verder")), code=303)
    form = forms.Ask(verder=own_path(request.args.get("verder")))
    return page(
        "people/ask.html", form=form, kept="bewaard" in request.args, out="uit" in request.args,
        residents=queries.demo_residents(), noindex=True,
    )  # fmt: skip


@blueprint.post("/inloggen")
@open_to_all("the door; says and does the same for every address")
def send_mail(actor: Actor) -> Any:
    form = forms.Ask()
    if form.accepts():
        try:
            asked = service.ask(form.email.data, own_path(form.verder.data), request.remote_addr)
            return back_to("people.code", aanvraag=asked)
        except Invalid as problem:
            form.refuse(problem.field, problem.sentence)
    return page("people/ask.html", form=form, residents=queries.demo_residents(), status=400, noindex=True)


@blueprint.get("/inloggen/code")
@open_to_all("says the same for every request, there or not")
def code(actor: Actor) -> Any:
    return page("people/code.html", form=forms.Code(aanvraag=request.args.get("aanvraag")), noindex=True)


@blueprint.post("/inloggen/code")
@open_to_all("the code is the key")
def use_code(actor: Actor) -> Any:
    form = forms.Code()
    if form.accepts():
        try:
            return _go_in(service.consume_code(form.aanvraag.data or "", form.code.data))
        except Invalid as problem:
            form.refuse(problem.field, problem.sentence)
    return page("people/code.html", form=form, status=400, noindex=True)


@blueprint.get("/inloggen/link/<token>")
@open_to_all("shows a button and uses nothing up")
def link(actor: Actor, token: str) -> Any:
    works = queries.link_works(token)
    return page("people/link.html", token=token, works=works, status=200 if works else 410, noindex=True)


@blueprint.post("/inloggen/link/<token>")
@open_to_all("the token is the key")
def use_link(actor: Actor, token: str) -> Any:
    try:
        return _go_in(service.consume_link(token))
    except Invalid:
        return page("people/link.html", token=token, works=False, status=410, noindex=True)


@blueprint.post("/uitloggen")
@open_to_all("whoever leaves may leave")
def leave(actor: Actor) -> Any:
    kept.drop()
    service.leave()
    return redirect("/inloggen?uit=1", code=303)


@blueprint.get("/demo/inloggen/<account>")
@open_to_all("only in demo mode; elsewhere not there")
def demo(actor: Actor, account: str) -> Any:
    person = queries.demo_account(account)
    if person is None:
        raise NotThere(_("Deze bladzijde is er niet."))
    return page("people/demo.html", person=person, noindex=True)


@blueprint.post("/demo/inloggen/<account>")
@open_to_all("only in demo mode; elsewhere not there")
def use_demo(actor: Actor, account: str) -> Any:
    return _go_in(service.demo_entry(account, request.form.get("verder")))


@blueprint.get("/mijn/sessies")
@for_people("one's own sessions")
def own_sessions(actor: Actor) -> Any:
    return _account(actor, forms.Shown())


def _account(actor: Actor, form: forms.Shown) -> Any:
    me, rows, here_now = queries.own_account(actor), queries.own_sessions(actor), sessions.current().row
    form.offer(me.shown_as)
    return page(
        "people/account.html", me=me, rows=rows, this=here_now.id if here_now else None, device=devices.in_words,
        form=form, status=422 if form.errors else 200, noindex=True,
    )  # fmt: skip


@blueprint.post("/mijn/naam")
@for_people("one's own name")
def own_name(actor: Actor) -> Any:
    form = forms.Shown()
    if form.accepts():
        names.choose(actor, form.shown_as.data)
        return back_to("people.own_sessions", said=_("Zo noemen wij u voortaan. Wat u eerder zei, verandert niet."))
    return _account(actor, form)


@blueprint.post("/mijn/sessies/<session>/beeindigen")
@loads(queries.open_session)
def end_session(actor: Actor, session: Session) -> Any:
    service.end_session(actor, session)
    return back_to("people.own_sessions", said=_("Op dat apparaat bent u nu uitgelogd."))


@blueprint.post("/mijn/sessies/andere")
@for_people("one's own sessions")
def end_others(actor: Actor) -> Any:
    service.end_other_sessions(actor)
    return back_to("people.own_sessions", said=_("U bent nu alleen nog hier ingelogd."))
