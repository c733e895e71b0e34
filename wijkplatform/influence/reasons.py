"""Why a thing stands on a track, in a sentence: a link that somebody declared, or a deed that it shaped. No database."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from wijkplatform.core import trail
from wijkplatform.core.words import _
from wijkplatform.influence.graph import Edge, Graph


class Reason(NamedTuple):
    influence: bool
    sentence: str
    at: datetime | None = None
    precision: str = "second"


#: Deeds by which a text got other words.
REWRITTEN = frozenset({"article.saved", "section.saved", "remark.changed_text"})


def reasons(graph: Graph, edges: Iterable[Edge], down: bool) -> list[Reason]:
    """One sentence for each kind of link, with the codes at its other end; one for each deed that was shaped."""
    named: dict[str, list[str]] = {}
    shaped: dict[str, Reason] = {}
    for edge in edges:
        code = graph.nodes[edge.up if down else edge.down].code
        if edge.influence:
            found = Reason(True, _shaped(edge, code, down), edge.at, edge.precision or "unknown")
            shaped[found.sentence] = found
        else:
            named.setdefault(_declared(edge.relation, down), []).append(code)
    told = [Reason(False, words % {"codes": listed(codes)}) for words, codes in named.items()]
    return [*told, *shaped.values()]


def listed(words: Iterable[str]) -> str:
    """'WS-01, WS-02 en WS-04', each once."""
    words = list(dict.fromkeys(words))
    return words[0] if len(words) == 1 else _("%(words)s en %(last)s", words=", ".join(words[:-1]), last=words[-1])


def _shaped(edge: Edge, code: str, down: bool) -> str:
    """What a deed owed to something, read at the thing that changed (down), or at what shaped it."""
    if edge.verb in REWRITTEN:
        if down:
            return _("Door %(code)s is deze tekst veranderd.", code=code)
        return _("Hierdoor is de tekst van %(code)s veranderd.", code=code)
    if edge.relation == "signal":
        if down:
            return _("Een signaal over %(code)s gaf de aanleiding.", code=code)
        return _("Een signaal hierover gaf de aanleiding voor %(code)s.", code=code)
    verb = trail.verbs().get(edge.verb or "")
    deed = str(verb.label) if verb else _("er veranderde iets")
    if down:
        return _("%(code)s speelde mee bij een besluit: ‘%(deed)s’.", code=code, deed=deed)
    return _("Dit speelde mee bij %(code)s: ‘%(deed)s’.", code=code, deed=deed)


def _declared(relation: str, down: bool) -> str:
    """What a declared link says, read at the thing that came later (down), or at the one that was there first."""
    about = (_("Gaat over %(codes)s."), _("Onderwerp van %(codes)s."))
    words = {
        "came_up": (_("Kwam op bij %(codes)s."), _("Hier ter sprake: %(codes)s.")),
        "reported": (_("Besprak %(codes)s."), _("Besproken bij %(codes)s.")),
        "reply": (_("Reageert op %(codes)s."), _("Kreeg een reactie: %(codes)s.")),
        "signed": (_("Volgt uit %(codes)s."), _("Leidde tot %(codes)s.")),
        "bids": (_("Aanbod op %(codes)s."), _("Kreeg een aanbod: %(codes)s.")),
        "belongs": (_("Hoort bij %(codes)s."),) * 2,
        "party": (_("Partij: %(codes)s."), _("Partij bij %(codes)s.")),
        **dict.fromkeys(
            ("about", "adjusts", "area", "decides", "question", "unclaimed", "talked", "looks_back"), about
        ),
    }
    return words.get(relation, (_("Noemt %(codes)s."), _("Genoemd door %(codes)s.")))[0 if down else 1]
