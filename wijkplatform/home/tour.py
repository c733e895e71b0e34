"""What the front page says one can do; and the tour of the demo: who one can be, and where it begins. No database."""

from dataclasses import dataclass
from typing import Any

from wijkplatform.core.words import _l


@dataclass(frozen=True)
class Part:
    """A role in the tour. `opens` is where it begins in a neighbourhood with a call open to remarks, `after` where the
    call is over; {wijk} and {uitvraag} are their slugs, and without a path it is the neighbourhood's own page."""

    role: str
    name: Any
    say: Any
    look: str  #: kind of badge: ui/signs.html
    opens: str
    after: str


@dataclass(frozen=True)
class Group:
    code: str
    name: Any
    parts: tuple[Part, ...]


HOME, PLAN = "/wijken/{wijk}", "/wijken/{wijk}/plan"
CHAIN = "/wijken/{wijk}/spoor/"
CALL, AGENDA, AGREEMENTS = "/uitvragen/{uitvraag}", "/wijken/{wijk}/agenda", "/wijken/{wijk}/afspraken"
GROUPS = (
    Group("bewoners", _l("U woont er"), (
        Part("bewoner", _l("Bewoner"), _l("Zeg wat er beter moet. Reageer op een zin die u vaag vindt."), "resident", CALL, AGENDA),
        Part("bestuurslid_zelfbeheer", _l("Bestuur van een buurthuis"), _l("Reageer namens uw buurthuis. Lees wat de gemeente antwoordt."), "board", CALL, CALL),
        Part("vrijwilliger", _l("Vrijwilliger"), _l("Steun een punt van een ander, of zet er zelf een op de agenda."), "volunteer", AGENDA, AGENDA),
        Part("bewonersbeoordelaar", _l("Bewoner die meebeoordeelt"), _l("Lees hoe zwaar alles telt, en hoe een jury met bewoners koos."), "assessor", "/wijken/{wijk}/criteria", CALL + "/beoordeling"),
    )),
    Group("werk", _l("U werkt er"), (
        Part("sociaal_makelaar", _l("Sociaal makelaar"), _l("Volg een afspraak die knelde, en lees hoe hij beter werd."), "worker", AGREEMENTS, AGREEMENTS),
        Part("sociaal_beheerder", _l("Sociaal beheerder"), _l("Kijk wie straks de sleutels krijgt, en wat er doorgaat."), "worker", "/wijken/{wijk}/overdracht", "/wijken/{wijk}/overdracht"),
        Part("jongerenwerker", _l("Jongerenwerker"), _l("Schrijf met jongeren mee aan hun hoofdstuk in het wijkplan."), "worker", PLAN, PLAN),
        Part("manager_welzijn", _l("Manager van een welzijnsorganisatie"), _l("Zie wat metingen laten zien, en wat bewoners erover zeiden."), "provider", AGREEMENTS, AGREEMENTS),
        Part("inschrijver", _l("Organisatie die wil inschrijven"), _l("Wijs een zin aan die u op twee manieren kunt lezen."), "provider", CALL, CALL + "/beoordeling"),
    )),
    Group("gemeente", _l("U werkt bij de gemeente"), (
        Part("beleidsregisseur", _l("Beleidsregisseur"), _l("Beantwoord reacties. Pas daarna mag de volgende versie komen."), "council", CALL + "/beantwoorden", CALL + "/nota"),
        Part("inkoper", _l("Inkoopadviseur"), _l("Bekijk waarop wordt beoordeeld, en wie dat heeft ingebracht."), "council", "/wijken/{wijk}/criteria", "/wijken/{wijk}/criteria"),
        Part("wethouder", _l("Wethouder"), _l("Lees op één bladzijde hoe het met de wijk gaat."), "council", HOME, HOME),
    )),
    Group("begeleiding", _l("U begeleidt of beheert"), (
        Part("facilitator", _l("Gespreksleider"), _l("Open een inspraakmoment. Dat kan alleen met een toezegging."), "volunteer", "/wijken/{wijk}/momenten", "/wijken/{wijk}/momenten"),
        Part("moderator", _l("Moderator"), _l("Lees mee met alles wat er binnenkomt."), "council", CALL, CALL),
        Part("beheerder", _l("Beheerder van de website"), _l("Zie de wijk zoals de beheerder haar ziet."), "council", HOME, HOME),
    )),
)  # fmt: skip
STAGES = (
    _l("Bewonersagenda"), _l("Wijkplan"), _l("Criteria"), _l("Uitvraag"), _l("Beoordeling"), _l("Afspraken"), _l("Overdracht"),
)  # fmt: skip
PARTS = {part.role: part for group in GROUPS for part in group.parts}
#: What one can do at a moment, by what it is about: the stage, the words, and where.
DOINGS = {
    "neighbourhood": (1, _l("Zeg wat er beter moet in de wijk"), AGENDA),
    "plan": (2, _l("Schrijf mee aan het wijkplan"), PLAN),
    "call": (4, _l("Reageer op de tekst van de uitvraag"), CALL),
    "contract": (6, _l("Volg wat er is afgesproken"), AGREEMENTS),
}
#: How a round that is over went.
LOOKING_BACK = (
    (4, _l("Lees wat er met elke reactie is gedaan"), CALL + "/nota"),
    (5, _l("Lees hoe een jury met bewoners koos"), CALL + "/beoordeling"),
    (6, _l("Volg wat er is afgesproken"), AGREEMENTS),
    (7, _l("Kijk wat er doorging bij de overdracht"), "/wijken/{wijk}/overdracht"),
)
