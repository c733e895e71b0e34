"""The notes of the call: every remark with its answer, the questions of bidders, and the versions beside each other."""

from typing import Any

from flask import request

from wijkplatform.calls import sheets
from wijkplatform.calls.models import Call
from wijkplatform.calls.queries import drafting, notes
from wijkplatform.calls.views.answering import blueprint, shown_up_to
from wijkplatform.core import trail
from wijkplatform.core.actor import Actor
from wijkplatform.core.errors import NotThere
from wijkplatform.core.words import _
from wijkplatform.texts import queries as texts
from wijkplatform.web.guards import loads
from wijkplatform.web.respond import file, page


def _call_page(template: str, call: Call, **shown: Any) -> Any:
    return page(template, call=call, neighbourhood=drafting.neighbourhood_of(call), **shown)


@blueprint.get("/uitvragen/<slug>/nota")
@loads(drafting.call_of)
def note(actor: Actor, call: Call) -> Any:
    found = notes.note_of(call, shown_up_to(notes.MOST, notes.PAGE))
    return _call_page("calls/note.html", call, parts=("reacties",), found=found, whole=False, head=None)


@blueprint.get("/uitvragen/<slug>/nota/alles")
@loads(drafting.call_of)
def whole_note(actor: Actor, call: Call) -> Any:
    return _call_page("calls/note.html", call, found=notes.note_of(call, None), whole=True, head=trail.head())


@blueprint.get("/uitvragen/<slug>/nota.csv")
@loads(drafting.call_of)
def note_sheet(actor: Actor, call: Call) -> Any:
    content = sheets.note(notes.note_of(call, None))
    return file(content, "text/csv", f"nota-{call.code}.csv", sheets.mark(content))


@blueprint.get("/uitvragen/<slug>/inlichtingen")
@loads(drafting.call_of)
def information(actor: Actor, call: Call) -> Any:
    found = notes.information_of(call)
    return _call_page("calls/information.html", call, note=found, clarified=notes.clarified(call) if found else None)


@blueprint.get("/uitvragen/<slug>/versies")
@loads(drafting.call_of)
def versions(actor: Actor, call: Call) -> Any:
    return _call_page("calls/versions.html", call, editions=texts.editions("call", call.id))


@blueprint.get("/uitvragen/<slug>/versies/vergelijk")
@loads(drafting.call_of)
def compare(actor: Actor, call: Call) -> Any:
    editions = texts.editions("call", call.id)
    pair = notes.two(editions, request.args.get("van", ""), request.args.get("naar", ""))
    if pair is None:
        raise NotThere(_("Kies twee versies die er zijn."))
    pairs = notes.compared(call, *pair)
    return _call_page("calls/compare.html", call, editions=editions, old=pair[0], new=pair[1], pairs=pairs)
