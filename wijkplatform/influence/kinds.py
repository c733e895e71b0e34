"""Every kind of thing that has a code: at which of the seven stations it stands, and what it is called. No database."""

from typing import Any, NamedTuple

from wijkplatform.core.words import _l


class Kind(NamedTuple):
    """Its place along the track, the station (0: beside the track), its name, and what the track says there."""

    order: int
    stage: int
    name: Any
    said: Any


_AT_THE_TABLE = _l("Wie erbij hoort")
KINDS: dict[str, Kind] = {
    "moment": Kind(10, 1, _l("inspraakmoment"), _l("Hier kwam het ter sprake")),
    "need": Kind(11, 1, _l("punt op de bewonersagenda"), _l("Bewoners zeiden")),
    "memorandum": Kind(20, 2, _l("nota van uitgangspunten"), _l("Dit sprak de gemeente eerder af")),
    "principle": Kind(21, 2, _l("uitgangspunt"), _l("Dit sprak de gemeente eerder af")),
    "plan": Kind(22, 2, _l("wijkplan"), _l("Daarom staat in het wijkplan")),
    "section": Kind(23, 2, _l("hoofdstuk van het wijkplan"), _l("Daarom staat in het wijkplan")),
    "criteria_set": Kind(30, 3, _l("criteria"), _l("Daarom telde mee bij de keuze")),
    "criterion": Kind(31, 3, _l("criterium"), _l("Daarom telde mee bij de keuze")),
    "requirement": Kind(32, 3, _l("geschiktheidseis"), _l("Dit moest een aanbieder kunnen")),
    "call": Kind(40, 4, _l("uitvraag"), _l("Daarom vroeg de gemeente")),
    "lot": Kind(41, 4, _l("perceel"), _l("Daarom vroeg de gemeente")),
    "article": Kind(42, 4, _l("artikel van de uitvraag"), _l("Daarom vroeg de gemeente")),
    "remark": Kind(43, 4, _l("reactie op de uitvraag"), _l("Mensen reageerden, en kregen antwoord")),
    "response_note": Kind(44, 4, _l("nota van beantwoording"), _l("Alle antwoorden staan bij elkaar")),
    "information_note": Kind(45, 4, _l("nota van inlichtingen"), _l("Inschrijvers vroegen")),
    "question": Kind(46, 4, _l("vraag van een inschrijver"), _l("Inschrijvers vroegen")),
    "seat": Kind(50, 5, _l("plaats in het beoordelingsteam"), _l("Wie beoordeelden")),
    "bid": Kind(51, 5, _l("inschrijving"), _l("Aanbieders beloofden")),
    "decision": Kind(53, 5, _l("gunningsbeslissing"), _l("Zo viel de keuze")),
    "contract": Kind(60, 6, _l("overeenkomst"), _l("Dit is ondertekend")),
    "agreement": Kind(61, 6, _l("afspraak"), _l("Dit is afgesproken")),
    "adjustment": Kind(62, 6, _l("bijstelling"), _l("Er is gevraagd om een andere afspraak")),
    "conversation": Kind(63, 6, _l("voortgangsgesprek"), _l("Zo staat het ervoor")),
    "action": Kind(64, 6, _l("toegezegde actie"), _l("Iemand zegde toe")),
    "handover": Kind(70, 7, _l("overdracht"), _l("Bij de wissel van aanbieder")),
    "handover_item": Kind(71, 7, _l("overdrachtspunt"), _l("Bij de wissel van aanbieder")),
    "look_back": Kind(72, 7, _l("terugblik"), _l("Later keek de wijk terug")),
    "grey_zone": Kind(80, 0, _l("kwestie in het schemergebied"), _l("Dit ligt in het schemergebied")),
    "organisation": Kind(90, 0, _l("organisatie"), _AT_THE_TABLE),
    "centre": Kind(91, 0, _l("centrum"), _AT_THE_TABLE),
    "area": Kind(92, 0, _l("buurt"), _AT_THE_TABLE),
}
STAGES = (
    _l("Bewonersagenda"), _l("Wijkplan"), _l("Criteria"), _l("Uitvraag"), _l("Beoordeling"), _l("Afspraken"), _l("Overdracht"),
)  # fmt: skip
SCORES = _l("De winnaar kreeg hiervoor")
#: A kind that a later feature brings before it has a line here.
_OTHER = Kind(99, 0, _l("iets uit deze wijk"), _AT_THE_TABLE)


def kind(name: str) -> Kind:
    return KINDS.get(name, _OTHER)
