"""Which lists there are, what stands in each column, and how its rows are made. All as a visitor may see it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wijkplatform.core.words import _l
from wijkplatform.publish import rows
from wijkplatform.publish.formats import Row


@dataclass(frozen=True)
class OpenList:
    """A list: its name in the address, its title, its columns with what stands in them, and its rows."""

    name: str
    title: Any
    columns: dict[str, Any]
    rows: Callable[[int], list[Row]]


CODE = {"code": _l("Het nummer van dit ding in de wijk, zoals BH-01.")}
WORDS = {
    "titel": _l("De titel."),
    "tekst": _l("De tekst, zoals hij nu geldt."),
    "taal": _l("De taal van de tekst: nl, tr, ar."),
}
HAT = _l("De rol of de buurt van wie het zei. Namen van mensen staan er niet in.")

LISTS = {
    each.name: each
    for each in (
        OpenList("punten", _l("Punten op de bewonersagenda"), CODE | WORDS | {
            "thema": _l("Het onderwerp, als dat is vastgelegd."), "buurten": _l("De codes van de buurten waar het om gaat."),
            "namens": HAT, "steun": _l("Hoeveel bewoners dit steunen."),
            "ingebracht": _l("Wanneer het is ingebracht. Leeg: niet vastgelegd."),
            "moment": _l("Het nummer van het moment waar het opkwam."),
        }, rows.needs),
        OpenList("hoofdstukken", _l("Hoofdstukken van het wijkplan"), CODE | {"nummer": _l("Het nummer zoals gedrukt.")} | WORDS | {
            "versie": _l("De hoeveelste versie van de tekst dit is."), "stand": _l("De stand van het plan."),
            "punten": _l("De nummers van de punten die dit hoofdstuk noemt."),
        }, rows.sections),
        OpenList("criteria", _l("Criteria"), CODE | {
            "titel": _l("De titel."), "vraag": _l("De vraag aan wie zich inschrijft."), "soort": _l("Kwaliteit of prijs."),
            "gewicht": _l("Hoe zwaar het telt."), "set": _l("Het nummer van de set waar het bij hoort."),
            "vastgesteld": _l("De dag waarop de set is vastgesteld."),
        }, rows.criteria),
        OpenList("artikelen", _l("Artikelen van de uitvraag"), CODE | {
            "uitvraag": _l("Het nummer van de uitvraag."), "nummer": _l("Het nummer zoals gedrukt.")} | WORDS | {
            "versie": _l("De hoeveelste versie van de tekst dit is."),
        }, rows.articles),
        OpenList("reacties", _l("Reacties met hun antwoord"), CODE | {
            "over": _l("Het nummer van waar het over gaat."), "citaat": _l("De woorden waar het over gaat."),
            "reactie_op": _l("Het nummer van de reactie waarop dit een antwoord van anderen is."), "namens": HAT,
            "tekst": _l("De reactie."), "taal": _l("De taal van de reactie."), "gezegd": _l("Wanneer het is gezegd."),
            "antwoord": _l("Overgenomen, deels, niet of doorverwezen. Leeg: nog geen antwoord."),
            "reden": _l("Waarom."), "beantwoord": _l("Wanneer het is beantwoord."),
        }, rows.remarks),
        OpenList("afspraken", _l("Afspraken"), CODE | {
            "titel": _l("De titel."), "doel": _l("Waarom dit is afgesproken."), "eigenaar": _l("Wie ervoor zorgt."),
            "contract": _l("Het nummer van het contract."), "indicator": _l("Waaraan men het ziet."),
            "soort": _l("Outcome, proces of output."), "eenheid": _l("Waarin wordt gemeten."),
            "richting": _l("Is hoger beter, of lager?"), "begin": _l("De waarde bij het begin."),
            "streven": _l("De waarde waar men naartoe werkt."), "meetdag": _l("De dag waarop dat gehaald moet zijn."),
            "bron": _l("Waar het cijfer vandaan komt."),
        }, rows.agreements),
        OpenList("metingen", _l("Metingen bij de afspraken"), {
            "afspraak": _l("Het nummer van de afspraak."), "gesprek": _l("Het nummer van het voortgangsgesprek."),
            "dag": _l("De dag van het gesprek."), "waarde": _l("De waarde."), "beeld": _l("Hoe het ervoor staat."),
            "toelichting": _l("De uitleg erbij."),
        }, rows.measurements),
        OpenList("toezeggingen", _l("Inspraakmomenten met hun toezegging"), {
            "moment": _l("Het nummer van het moment."), "soort": _l("Wat voor moment het is."), "vraag": _l("De vraag."),
            "opent": _l("Wanneer het opent."), "sluit": _l("Wanneer het sluit. Leeg: blijft open."),
            "niveau": _l("Informeren, raadplegen, adviseren, coproduceren of meebeslissen. Leeg: niet vastgelegd."),
            "open": _l("Wat openligt."), "vast": _l("Wat vaststaat."), "beslist": _l("Wie beslist."),
            "uiterlijk": _l("De dag waarop iedereen het uiterlijk hoort."), "gehouden": _l("Wanneer iedereen het hoorde."),
            "waar": _l("Waar het te lezen is."),
        }, rows.commitments),
        OpenList("overdracht", _l("Overdrachtspunten"), CODE | {
            "soort": _l("Project, sleutel, afspraak, contactpersoon, spullen, kennis of overig."), "titel": _l("De titel."),
            "keuze": _l("Doorgaan, veranderen of stoppen."), "uitleg": _l("De uitleg erbij."),
            "van": _l("Wie het had. Een mens staat er als ‘een persoon’."), "naar": _l("Wie het kreeg. Leeg: nog niemand."),
            "na_een_jaar": _l("Hoe het er na een jaar voor stond."), "opmerking": _l("Wat ervan werd."),
            "instemming": _l("Hoeveel mensen om wie het gaat het ermee eens waren."),
        }, rows.handover_items),
        OpenList("schemergebied", _l("Schemergebied: wat van niemand is"), CODE | {
            "titel": _l("De titel."), "namens": HAT, "gemeld": _l("De dag van de melding."),
            "doorverwezen": _l("Wie ernaar verwees."), "eigenaar": _l("Wie het oppakt. Leeg: niemand."),
            "sinds": _l("Sinds wanneer."), "opgelost": _l("De dag waarop het was opgelost."),
            "stand": _l("Opgelost, loopt of niemand."), "punt": _l("Het nummer van het punt op de agenda."),
        }, rows.grey_zones),
    )
}  # fmt: skip
