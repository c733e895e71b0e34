"""The workplace of who answers remarks: the worklist, and the answer to one remark or to several at once."""

from typing import Any

from flask import Blueprint, request

from wijkplatform.calls import service
from wijkplatform.calls.forms import answering as forms
from wijkplatform.calls.models import Call
from wijkplatform.calls.queries import answering as queries
from wijkplatform.calls.queries import drafting
from wijkplatform.calls.queries.answering import Desk
from wijkplatform.core.actor import Actor
from wijkplatform.core.errors import Invalid, Refused, Stale
from wijkplatform.core.policy import why_not
from wijkplatform.core.words import _, _n
from wijkplatform.places.policy import official
from wijkplatform.remarks.models import Remark
from wijkplatform.rounds import queries as rounds
from wijkplatform.web import hats
from wijkplatform.web.guards import loads
from wijkplatform.web.respond import back_to, page

blueprint = Blueprint("answering", __name__)


def shown_up_to(most: int, least: int) -> int:
    """How many of a long list are wanted; what makes no sense is passed over."""
    wanted = request.args.get("tot", "")[:6]
    return min(max(int(wanted), least), most) if wanted.isascii() and wanted.isdigit() else least


@blueprint.get("/uitvragen/<slug>/beantwoorden")
@loads(drafting.call_of)
def worklist(actor: Actor, call: Call) -> Any:
    if not official.holds(actor, call):
        lead = _("Hier antwoordt de gemeente op elke reactie.")
        return not_yours(actor, call, _("Reacties beantwoorden"), lead)
    closed = why_not(actor, "answer", call)
    return page(
        "calls/worklist.html", parts=("stapel",), call=call, neighbourhood=drafting.neighbourhood_of(call),
        closed=closed, found=queries.worklist(call, _choice(everything=bool(closed))), changed=drafting.changed(call), box=rounds.box_about(call),
    )  # fmt: skip


def _choice(everything: bool) -> queries.Choice:
    return queries.Choice(
        article=request.args.get("artikel") or None,
        everything=everything or request.args.get("toon") == "alles",
        shown=shown_up_to(queries.MOST, queries.PAGE),
    )


def not_yours(actor: Actor, call: Call, heading: str, lead: str) -> Any:
    """The place of work of officials, for whoever is none: what it is for, and where the outcome is read."""
    return page(
        "calls/closed.html", status=403, call=call, neighbourhood=drafting.neighbourhood_of(call), heading=heading,
        lead=lead, why=official.why_not(actor, call),
    )  # fmt: skip


@blueprint.route("/uitvragen/<slug>/reacties/<code>/antwoord", methods=["GET", "POST"])
@loads(queries.remark_of)
def answer(actor: Actor, remark: Remark) -> Any:
    desk = queries.desk(remark)
    form = _form(actor, desk)
    if form.accepts():
        try:
            return _given(desk, *_answer(actor, desk, form))
        except Stale as stale:
            return _meanwhile(actor, desk, form, stale)
        except (Invalid, Refused) as problem:
            form.refuse(getattr(problem, "field", "reason"), problem.sentence)
    return _page(actor, desk, form)


def _form(actor: Actor, desk: Desk) -> forms.Answering:
    form = forms.Answering()
    form.offer(desk.siblings, desk.changes)
    hats.offer(form.hat, actor, official, desk)
    if not form.is_submitted() and not form.given_back:
        _fill(form, desk)
    return form


def _fill(form: forms.Answering, desk: Desk) -> None:
    """What is known beforehand: the answer as it is, the change that was made for this remark, and what was ticked."""
    there = desk.remark.answer
    made = next((each.number for each in desk.changes if each.number in desk.because), None)
    form.base.data = there.revision if there else 0
    form.also.data = request.args.getlist("ook")
    form.change.data = str(made or "")
    if there is not None:
        form.verdict.data, form.reason.data, form.unchanged.data = there.verdict, there.reason, there.unchanged
        form.change.data = next((str(each.number) for each in desk.changes if each.id == there.change_id), "")


def _answer(actor: Actor, desk: Desk, form: forms.Answering) -> tuple[int, str]:
    """Give the answer, to all that were ticked too; how many got it, and which button was pressed."""
    also = queries.by_codes(desk.call, desk.article.id, form.also.data or ())
    change = next((each for each in desk.changes if str(each.number) == form.change.data), None)
    given = service.answer(
        actor, desk.call, [desk.remark, *(each for each in also if each.id != desk.remark.id)], form.hat.hat,
        verdict=form.verdict.data, reason=form.reason.data, change=change,
        unchanged=(form.unchanged.data or "").strip() or None,
        bases=[form.base.data or 0, *(0 for each in also if each.id != desk.remark.id)],
    )  # fmt: skip
    hats.remember(form.hat.hat)
    return len(given), request.form.get("verder", "")


def _given(desk: Desk, count: int, button: str) -> Any:
    waiting = drafting.unanswered(desk.call)
    said = _n("Uw antwoord staat er.", "%(n)s reacties hebben dit antwoord gekregen.", n=count) + " " + _left(waiting)
    following = queries.next_waiting(desk.call, desk.remark) if button == "volgende" else None
    if following:
        return back_to("answering.answer", slug=desk.call.slug, code=following, said=said)
    return back_to("answering.worklist", slug=desk.call.slug, said=said)


def _left(waiting: int) -> str:
    if not waiting:
        return _("Alle reacties hebben nu een antwoord.")
    return _n("Er wacht nog %(n)s reactie.", "Er wachten nog %(n)s reacties.", n=waiting)


def _meanwhile(actor: Actor, desk: Desk, form: forms.Answering, stale: Stale) -> Any:
    """Somebody else answered first: both answers beside each other, and the second writer chooses."""
    theirs: Any = stale.theirs
    if theirs.remark_id == desk.remark.id:
        form.base.data = theirs.revision
    form.also.data = [code for code in form.also.data or () if code != theirs.remark.code]
    return _page(actor, desk, form, 409, theirs=theirs)


def _page(actor: Actor, desk: Desk, form: forms.Answering, status: int = 0, theirs: Any = None) -> Any:
    closed = why_not(actor, "answer", desk.call) or why_not(actor, "answer", desk.remark)
    status = status or (403 if closed else 422 if form.errors else 200)
    return page(
        "calls/answer.html", status=status, desk=desk, form=form, closed=closed, theirs=theirs, call=desk.call,
        remark=desk.remark, neighbourhood=drafting.neighbourhood_of(desk.call),
    )  # fmt: skip
