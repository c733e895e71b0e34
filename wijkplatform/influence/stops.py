"""Where a track stops, and who is to move then. Sentences made from what is there; no database."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from wijkplatform.core.words import _
from wijkplatform.influence.graph import Graph, Key
from wijkplatform.influence.kinds import kind


@dataclass(frozen=True)
class Stop:
    """The end of a track that leads no further: the last station, what is missing, and whose turn it is."""

    stage: int  #: 0: beside the stations
    pending: bool  #: the neighbourhood itself is no further: not lost, but not there yet
    label: str
    sentence: str
    to_move: str
    until: date | None = None
    late: bool = False
    answer_missing: bool = False


def reached(keys: Collection[Key], scored: bool) -> int:
    """The last station of a need's track. A criterion on which the winner was scored reaches the assessment."""
    stages = {
        kind(name).stage for name, _id in keys if name in ("need", "section", "criterion", "article", "agreement")
    }
    return max(stages | {1, 5 if scored else 1})


def of_need(graph: Graph, found: Collection[Key], scored: bool) -> Stop | None:
    """The stop of a need about which nothing was agreed; None when something was."""
    if any(name == "agreement" for name, _id in found):
        return None
    stage = reached(found, scored)
    pending = stage == _furthest(graph)
    asked = any(name == "article" for name, _id in found)
    sentence = {
        1: _("Geen hoofdstuk van het wijkplan noemt dit punt."),
        2: _("Het staat in het wijkplan. Geen criterium of artikel neemt het over."),
        3: _("Het telt mee bij de keuze. Er is nog geen uitvraag.")
        if pending
        else _("Het telt mee bij de keuze. In de uitvraag staat het niet."),
        4: _("Het staat in de uitvraag. Er is nog geen aanbieder gekozen."),
        5: _("Het staat in de uitvraag en telde mee bij de keuze. Er is geen afspraak over gemaakt.")
        if asked
        else _("Het telde mee bij de keuze. Er is geen afspraak over gemaakt."),
    }[stage]
    if pending and stage == 2:
        sentence = _("Het staat in het wijkplan. Zover is de wijk nu.")
    return Stop(stage, pending, _("Nog geen afspraak"), sentence, _turn(graph, stage))


def _furthest(graph: Graph) -> int:
    """How far the neighbourhood itself has come. An agreement by subsidy does not put it past its own call."""
    decided = bool(graph.all("decision"))
    if decided and graph.all("agreement"):
        return 6
    return reached([key for key in graph.nodes if key[0] != "agreement"], decided)


def _turn(graph: Graph, stage: int) -> str:
    if stage == 1:
        return _("Wie meeschrijft aan het wijkplan is aan zet.")
    if stage == 4:
        return _("Het beoordelingsteam is aan zet.")
    names = parties(graph, "contract") if stage == 5 else []
    return turn_of([*parties(graph, "call"), *names] or [_("De gemeente")])


def parties(graph: Graph, of: str) -> list[str]:
    """Who put out the call, or who signed the contract: the newest one."""
    things = graph.all(of)
    edges = graph.ups.get(things[-1].key, ()) if things else ()
    return [graph.nodes[edge.up].title for edge in edges if edge.relation == "party"]


def turn_of(names: list[str]) -> str:
    """Whose turn it is: 'Gemeente Waterrade en Coöperatie Onder de Brug zijn aan zet.'"""
    names = list(dict.fromkeys(names))
    if len(names) == 1:
        return _("%(name)s is aan zet.", name=names[0])
    return _("%(names)s en %(last)s zijn aan zet.", names=", ".join(names[:-1]), last=names[-1])


def of_thing(graph: Graph, start: Key, found: Collection[Key], row: Any, scored: bool) -> Stop | None:
    """The stop of any other thing; None where its track goes on, or where nothing has to follow."""
    names = {name for name, _id in found}
    client = turn_of(parties(graph, "call") or [_("De gemeente")])
    both = _turn(graph, 5)
    match start[0]:
        case "need":
            return of_need(graph, found, scored)
        case "principle" if "section" not in names:
            return _stop(2, _("Geen hoofdstuk van het wijkplan noemt dit uitgangspunt."), _turn(graph, 1))
        case "section" if not names & {"criterion", "article", "agreement"}:
            pending = not (graph.all("criterion") or graph.all("article"))
            return _stop(2, _("Geen criterium en geen artikel van de uitvraag rust op dit hoofdstuk."), client, pending)
        case "criterion" if not (names & {"agreement", "article"} or scored):
            return _stop(3, _("Op dit criterium is nog niemand beoordeeld."), client, not graph.all("decision"))
        case "article" if "agreement" not in names:
            return _stop(4, _("Geen afspraak werkt dit artikel uit."), both, not graph.all("agreement"))
        case "agreement" if "conversation" not in names:
            return _stop(6, _("Over deze afspraak is nog geen gesprek gevoerd."), both, True)
        case "grey_zone" if row.status == "nobody":
            return Stop(
                0, False, _("Niemand"), _("Nog niemand nam dit op zich."), _("Wie dit oppakt, is nog niet bekend.")
            )
        case "handover_item" if row.new_owner_id is None and row.choice != "stop":
            return _stop(7, _("Er is nog niemand die dit overneemt."), both)
    return None


def _stop(stage: int, sentence: str, to_move: str, pending: bool = False) -> Stop:
    return Stop(stage, pending, _("Hier stopt het spoor") if not pending else _("Zover is het nu"), sentence, to_move)


def of_remark(graph: Graph, until: date | None, late: bool) -> Stop:
    """A remark that nobody answered yet. `until`: what was promised, None where no promise was recorded."""
    client = turn_of(parties(graph, "call") or [_("De gemeente")])
    sentence = _("Op deze reactie is nog geen antwoord gegeven.")
    return Stop(
        4,
        not late,
        _("Het antwoord is te laat") if late else _("Nog geen antwoord"),
        sentence,
        client,
        until,
        late,
        True,
    )
