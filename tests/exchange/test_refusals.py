"""One change to the demo, one refusal: the file, the place and sentence of every rule in docs/FORMAT.md."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from wijkplatform.exchange.fields import Time

Change = Callable[[Any], Any]
A, B, C = (
    "09_inschrijvingen_en_beoordeling",
    "10_prestatieafspraken",
    "08_nota_van_beantwoording_en_inlichtingen",
)
FILE = {
    "00": "00_gebied",
    "01": "01_organisaties_rollen_centra",
    "02": "02_bewonersagenda",
    "03": "03_nota_van_uitgangspunten",
    "04": "04_wijkplan",
    "05": "05_criteria",
    "06": "06_uitvraag",
    "07": "07_reacties",
    "08": C,
    "09": A,
    "10": B,
    "11": "11_halfjaargesprekken",
    "12": "12_aanpassingen",
    "13": "13_overdracht",
    "14": "14_schemergebied",
    "15": "15_invloedsspoor",
}


def put(code: str, **values: Any) -> Change:
    return lambda n: n(code).update(values)


def drop(code: str, field: str) -> Change:
    return lambda n: n(code).pop(field)


def many(*changes: Change) -> Change:
    return lambda n: [change(n) for change in changes]


def block(name: str, value: Any) -> Change:
    return lambda n: n.__setitem__(name, value)


def version(code: str, number: int, **values: Any) -> Change:
    return lambda n: n(code)["versies"][number - 1].update(values)


def older(code: str, *entries: dict[str, Any]) -> Change:
    return lambda n: n(code).update(versie_teksten=list(entries))


def score(number: int, **values: Any) -> Change:
    return lambda n: n["individuele_scores"][number - 1].update(values)


def plan(**values: Any) -> Change:
    return lambda n: n["planning"].update(values)


CEST, CET = Time.parse("02:30+02:00"), Time.parse("02:30+01:00")
DAY = date(2025, 3, 30)  # 02:30 does not exist; on 2025-10-26 it occurs twice

SHAPE: list[tuple[str, Change, str, str]] = [
    ("00", block("formaat", 3), "formaat", "versie 3"),
    ("00", lambda n: n.data["00_gebied.yaml"].pop("formaat"), "formaat", "geen versie"),
    ("00", block("formaat", Decimal("1.0")), "formaat", "versie 1.0"),
    ("00", block("formaat", True), "formaat", "versie true"),
    ("00", put("BU-HAV", kwetsbaar="ja"), "BU-HAV kwetsbaar", "true of false"),
    ("00", put("BU-HAV", inwoners=-1), "BU-HAV inwoners", "kleiner zijn dan 0"),
    ("00", put("BU-HAV", inwoners=Decimal("1.5")), "BU-HAV inwoners", "geen heel getal"),
    ("00", put("BU-HAV", pct_eenzaam=True), "BU-HAV pct_eenzaam", "gewoon getal"),
    ("00", put("BU-HAV", pct_eenzaam=10**15), "BU-HAV pct_eenzaam", "15 cijfers"),
    ("00", put("BU-HAV", pct_eenzaam=0.5), "BU-HAV pct_eenzaam", "gewoon getal"),
    ("00", put("BU-HAV", id="1A"), "buurten[1].id", "geen geldig id"),
    ("00", put("BU-HAV", id="A" * 65), "buurten[1].id", "geen geldig id"),
    ("00", drop("WK-ZUID", "omschrijving"), "WK-ZUID omschrijving", "ontbreekt"),
    ("01", put("P-01", bijnaam="Ans"), "P-01 bijnaam", "Dit veld kent het formaat niet."),
    ("01", lambda n: n("P-01")["mandaten"][0].update(x=1), "P-01 mandaten[1].x", "kent het formaat niet"),
    (
        "01",
        lambda n: n.data["01_organisaties_rollen_centra.yaml"].update(leden=[]),
        "leden",
        "kent het formaat",
    ),
    ("01", put("P-01", naam=False), "P-01 naam", "ja/nee-waarde"),
    ("01", put("P-01", naam=None), "P-01 naam", "leeg (null)"),
    ("01", put("P-01", naam="   "), "P-01 naam", "leeg"),
    ("01", put("P-01", naam="a" * 201), "P-01 naam", "201 tekens"),
    ("01", put("P-01", naam="a\tb"), "P-01 naam", "U+0009"),
    ("01", put("P-01", naam="a\u202eb"), "P-01 naam", "U+202E"),
    ("01", put("P-01", naam="a\u200bb"), "P-01 naam", "U+200B"),
    ("01", put("P-01", naam="a\u200db"), "P-01 naam", "U+200D"),
    ("01", put("P-01", naam="é\u200d"), "P-01 naam", "U+200D"),
    ("01", put("P-01", naam="a\0b"), "P-01 naam", "U+0000"),
    ("01", put("P-01", naam="a\ud800"), "P-01 naam", "half teken"),
    ("01", put("P-01", mandaten=[]), "P-01 mandaten", "minstens één"),
    ("01", put("P-01", mandaten="bewoner"), "P-01 mandaten", "lijst"),
    ("01", put("P-01", mandaten=["bewoner"]), "P-01 mandaten[1]", "blok met velden"),
    ("01", put("ORG-GEM", soort="Gemeente"), "ORG-GEM soort", "Kies uit: gemeente"),
    (
        "02",
        put("IM-01", tijd=1170),
        "IM-01 tijd",
        "Zet een tijd tussen aanhalingstekens, bijvoorbeeld '19:30'.",
    ),
    ("02", put("IM-01", tijd="24:00"), "IM-01 tijd", "geen tijd"),
    ("02", put("IM-01", datum="2025-03-11"), "IM-01 datum", "zonder aanhalingstekens"),
    ("02", put("IM-01", datum=datetime(2025, 3, 11)), "IM-01 datum", "Schrijf hier een datum"),
    ("02", put("BH-01", steun=True), "BH-01 steun", "gewoon getal"),
    ("02", put("BH-01", steun="12"), "BH-01 steun", "is tekst"),
    ("02", put("BH-01", tekst=" \n "), "BH-01 tekst", "leeg"),
    ("02", put("BH-01", tekst="a" * 200_001), "BH-01 tekst", "200001 tekens"),
    ("02", put("BH-01", tekst="a\rb"), "BH-01 tekst", "U+000D"),
    ("02", put("BH-01", taal="turks!"), "BH-01 taal", "geen taalcode"),
    ("02", put("BH-01", buurten=None), "BH-01 buurten", "leeg (null)"),
    ("04", lambda n: n.data["04_wijkplan.yaml"].pop("plan"), "plan", "Dit blok ontbreekt"),
    ("04", put("WP-ZUID-2026", versies=[]), "WP-ZUID-2026 versies", "minstens één"),
    ("05", put("CS-2026", formule_prijs="anders"), "CS-2026 formule_prijs", "tussen_bodem_en_plafond"),
    (
        "08",
        put("NI-2026", uiterste_inschrijftijd="12:00:00"),
        "NI-2026 uiterste_inschrijftijd",
        "alleen uren",
    ),
    ("09", put("IN-A", ontvangen="2026-03-08T16:42+01:00"), "IN-A ontvangen", "geen moment"),
    ("09", put("IN-A", ontvangen="2026-03-08T16:42:00"), "IN-A ontvangen", "geen moment"),
    ("09", put("IN-A", ontvangen="2026-02-30T16:42:00+01:00"), "IN-A ontvangen", "bestaat niet"),
    ("09", lambda n: n["consensus"]["IN-A"]["K1"].pop("score"), "consensus.IN-A.K1.score", "ontbreekt"),
    ("15", block("sporen", None), "sporen", "leeg (null)"),
]

RULES: list[tuple[str, Change, str, str]] = [
    ("07", put("R-01", zonder_wijziging="Stond er al."), "R-01 zonder_wijziging", "pas vanaf versie 2"),
    # ids and references
    ("14", put("SG-01", id="P-01"), "P-01 id", "bestaat al"),
    ("01", put("ORG-GGD", id="bewoner"), "bewoner id", "bestaat al"),
    ("02", put("BH-01", indiener="P-99"), "BH-01 indiener", "P-99 bestaat niet"),
    ("02", put("BH-01", indiener="ORG-GEM"), "BH-01 indiener", "ander soort ding (organisatie)"),
    ("02", put("BH-01", buurten=["BU-HAV", "BU-HAV"]), "BH-01 buurten", "twee keer"),
    ("12", lambda n: n("AP-01")["deelnemers"].append("P-02"), "AP-01 deelnemers", "P-02 staat twee keer"),
    (
        "09",
        lambda n: n["consensus"].update({"IN-X": n["consensus"]["IN-A"]}),
        "consensus.IN-X",
        "bestaat niet",
    ),
    # days and times
    (
        "00",
        lambda n: n("WK-ZUID")["planperiode"].update(eind=date(2020, 1, 1)),
        "WK-ZUID planperiode.eind",
        "op of na",
    ),
    (
        "01",
        lambda n: n("P-06")["mandaten"][0].update(vanaf=date(2027, 1, 1)),
        "P-06 mandaten[1].tot",
        "op of na vanaf",
    ),
    ("02", put("IM-01", datum=DAY, tijd=Time.parse("02:30")), "IM-01 tijd", "bestaat niet op 2025-03-30"),
    ("02", put("IM-01", datum=date(2025, 10, 26), tijd=Time.parse("02:30")), "IM-01 tijd", "twee keer voor"),
    ("02", put("IM-01", tijd=CEST), "IM-01 tijd", "één keer voor"),
    # 04
    ("04", version("WP-ZUID-2026", 2, nummer=3), "WP-ZUID-2026 versies[2].nummer", "nummer 2"),
    (
        "04",
        version("WP-ZUID-2026", 2, datum=date(2020, 1, 1)),
        "WP-ZUID-2026 versies[2].datum",
        "vóór de vorige",
    ),
    ("04", put("WP-ZUID-2026", status="ter_inzage"), "WP-ZUID-2026 status", "laatste versie is vastgesteld"),
    (
        "04",
        older("WS-10", {"versie": 3, "tekst": "x"}),
        "WS-10 versie_teksten[1].versie",
        "al bij WS-10 zelf",
    ),
    ("04", older("WS-10", {"versie": 4, "tekst": "x"}), "WS-10 versie_teksten[1].versie", "bestaat niet"),
    (
        "04",
        lambda n: older("WS-09", {"versie": 2, "tekst": n("WS-09")["tekst"]})(n),
        "WS-09 versie_teksten[1].versie",
        "gelijk",
    ),
    (
        "04",
        older("WS-09", {"versie": 1, "tekst": "x"}, {"versie": 2, "tekst": "x"}),
        "WS-09 versie_teksten[1].versie",
        "gelijk",
    ),
    (
        "04",
        older("WS-09", {"versie": 2, "tekst": "x"}, {"versie": 1, "tekst": "y"}),
        "WS-09 versie_teksten[2].versie",
        "volgorde",
    ),
    ("04", older("WS-09", {"versie": 0, "tekst": "x"}), "WS-09 versie_teksten[1].versie", "volgorde"),
    # 05
    ("05", put("CS-2026", schaal=[0, 4, 2, 6, 8, 10]), "CS-2026 schaal", "loopt op"),
    ("05", put("CS-2026", schaal=[2, 4, 6, 8, 10]), "CS-2026 schaal", "begint bij 0"),
    ("05", lambda n: n("CS-2026")["schaal_uitleg"].pop(4), "CS-2026 schaal_uitleg", "uitleg van 4 ontbreekt"),
    (
        "05",
        lambda n: n("CS-2026")["schaal_uitleg"].update({3: "x"}),
        "CS-2026 schaal_uitleg.3",
        "niet in de schaal",
    ),
    ("05", put("CS-2026", prijs_bodem_per_jaar=1450000), "CS-2026 prijs_bodem_per_jaar", "lager zijn dan"),
    ("05", put("CS-2026", totaal_gewicht=99), "CS-2026 totaal_gewicht", "niet 99"),
    ("05", put("CS-2026", gelijkspel=["K1"]), "CS-2026 gelijkspel", "loting als laatste"),
    ("05", put("CS-2026", gelijkspel=["K9", "loting"]), "CS-2026 gelijkspel", "geen kwaliteitscriterium"),
    ("05", put("CS-2026", gelijkspel=["K1", "K1", "loting"]), "CS-2026 gelijkspel", "twee keer"),
    ("05", put("K1", gewicht=Decimal("18.1")), "criteria", "samen 100.1"),
    ("05", put("K8", soort="prijs"), "K9 soort", "precies één prijscriterium"),
    (
        "05",
        lambda n: n["wijzigingen"][0].update(naar_gewicht=15),
        "wijzigingen[1].naar_gewicht",
        "daarna gewicht 16",
    ),
    ("05", lambda n: n["wijzigingen"][0].update(van_gewicht=11), "wijzigingen", "samen 101"),
    # 06
    ("06", version("UV-2026", 1, status="definitief"), "UV-2026 versies[1].status", "alleen op een concept"),
    (
        "06",
        lambda n: n("UV-2026")["versies"][0].pop("reactie_tot"),
        "UV-2026 versies[1].reactie_tot",
        "allebei",
    ),
    (
        "06",
        version("UV-2026", 2, reactie_van=date(2026, 1, 1), reactie_tot=date(2026, 1, 2)),
        "UV-2026 versies[2].reactie_van",
        "al een versie",
    ),
    (
        "06",
        version("UV-2026", 1, reactie_tot=date(2025, 11, 1)),
        "UV-2026 versies[1].reactie_tot",
        "vóór reactie_van",
    ),
    (
        "06",
        lambda n: [n("UV-2026")["versies"][0].pop(k) for k in ("reactie_van", "reactie_tot")],
        "UV-2026 versies",
        "Geen enkele",
    ),
    ("06", version("UV-2026", 3, datum=date(2026, 1, 1)), "UV-2026 versies[3].datum", "vóór de vorige"),
    ("06", drop("UA-05", "definitief"), "UA-05 definitief", "Vul de definitieve tekst in"),
    (
        "06",
        lambda n: n("UV-2026").update(versies=n("UV-2026")["versies"][:1]),
        "UA-05 definitief",
        "Haal de definitieve",
    ),
    (
        "06",
        older("UA-05", {"versie": 1, "tekst": "x"}),
        "UA-05 versie_teksten[1].versie",
        "al bij UA-05 zelf",
    ),
    # 07
    (
        "07",
        put("R-05", citaat="mogelijk waar"),
        "R-05 citaat",
        "Dit citaat staat niet in het concept van artikel UA-03.",
    ),
    ("07", put("R-05", voorkomen=1), "R-05 voorkomen", "maar één keer"),
    ("07", put("R-05", citaat="e", voorkomen=99), "R-05 voorkomen", "van 1 tot en met"),
    ("07", put("R-05", citaat="e", voorkomen=0), "R-05 voorkomen", "van 1 tot en met"),
    ("07", put("R-23", voorkomen=1), "R-23 voorkomen", "Zonder citaat"),
    ("07", put("R-02", antwoord_op="R-03"), "R-02 antwoord_op", "gaat over UA-02"),
    ("07", put("R-01", antwoord_op="R-02"), "R-01 antwoord_op", "van later"),
    ("07", put("R-01", antwoord_op="R-02"), "R-02 antwoord_op", "kring"),
    ("07", put("R-01", antwoord_op="R-01"), "R-01 antwoord_op", "kring"),
    ("07", put("R-01", rol="wethouder"), "R-01 rol", "geen mandaat als wethouder"),
    (
        "07",
        lambda n: n("P-06")["mandaten"][0].update(tot=date(2025, 11, 12)),
        "R-02 rol",
        "op 2025-11-13 geen mandaat",
    ),
    ("07", put("R-05", namens="C-02"), "R-05 namens", "namens C-02"),
    ("07", put("R-02", namens="ORG-BRUG"), "R-02 namens", "namens ORG-BRUG"),
    ("07", put("R-26", datum=date(2025, 12, 9)), "R-26 datum", "buiten de reactietijd"),
    ("07", drop("R-03", "antwoord"), "R-03 antwoord", "horen bij elkaar"),
    ("07", many(drop("R-03", "antwoord"), drop("R-03", "afweging")), "R-03 afweging", "elke reactie"),
    # 08
    ("08", put("NB-2026", naar_versie=1), "NB-2026 naar_versie", "hoger zijn"),
    ("08", put("NB-2026", naar_versie=7), "NB-2026 naar_versie", "Versie 7"),
    (
        "08",
        lambda n: n("NB-2026")["tellingen"].update(overgenomen=18),
        "NB-2026 tellingen.overgenomen",
        "18, maar berekend is 19",
    ),
    (
        "08",
        put("NI-2026", uiterste_inschrijfdatum=date(2026, 3, 29), uiterste_inschrijftijd="02:30"),
        "NI-2026 uiterste_inschrijftijd",
        "bestaat niet",
    ),
    # 09
    ("09", plan(consensus=date(2026, 3, 1)), "planning.consensus", "op of na beoordelen_tot"),
    ("09", plan(laatste_dag_termijn=date(2026, 5, 11)), "planning.laatste_dag_termijn", "2026-05-12"),
    ("09", plan(contract_vanaf=date(2026, 5, 14)), "planning.contract_vanaf", "2026-05-13"),
    ("09", plan(contract_getekend=date(2026, 5, 12)), "planning.contract_getekend", "op of na"),
    ("09", plan(opschortende_termijn_dagen=10**14), "planning.opschortende_termijn_dagen", "te lang"),
    ("09", put("BO-6", mag_beoordelen=True), "BO-6 mag_beoordelen", "heeft een band"),
    ("09", put("BO-1", mag_beoordelen=False), "BO-1 mag_beoordelen", "geen band"),
    ("09", put("BO-6", vervangen_door="BO-6"), "BO-6 vervangen_door", "kan dus niet vervangen"),
    ("09", put("BO-1", vervangen_door="BO-2"), "BO-1 vervangen_door", "hoeft geen vervanger"),
    ("09", put("IN-C", ontvangen="2026-03-09T12:00:01+01:00"), "IN-C ontvangen", "te laat"),
    ("09", score(1, score=5), "individuele_scores[1].score", "0, 2, 4"),
    ("09", score(1, beoordelaar="BO-6"), "individuele_scores[1].beoordelaar", "mag niet beoordelen"),
    ("09", score(1, criterium="K9"), "individuele_scores[1].criterium", "geen kwaliteitscriterium"),
    ("09", score(1, criterium="K2"), "individuele_scores[2]", "twee keer"),
    (
        "09",
        lambda n: n["individuele_scores"].pop(0),
        "individuele_scores",
        "score van BO-1 voor IN-A op K1 ontbreekt",
    ),
    ("09", lambda n: n["consensus"]["IN-A"].pop("K1"), "consensus.IN-A.K1", "ontbreekt"),
    ("09", lambda n: n["consensus"].pop("IN-A"), "consensus.IN-A", "ontbreekt"),
    (
        "09",
        lambda n: n["consensus"]["IN-A"]["K1"].update(score=7),
        "consensus.IN-A.K1.score",
        "Kies een getal",
    ),
    (
        "09",
        lambda n: n["consensus"]["IN-A"].update(K9={"score": 0, "motivering": "x"}),
        "consensus.IN-A.K9",
        "geen kwaliteits",
    ),
    (
        "09",
        lambda n: n["uitkomst"][0].update(totaal=Decimal("72.64")),
        "uitkomst[1].totaal",
        "72.64, maar berekend is 72.63",
    ),
    (
        "09",
        lambda n: n["uitkomst"][2]["punten_per_criterium"].update(K9=2),
        "uitkomst[3].punten_per_criterium.K9",
        "berekend is 2.07",
    ),
    ("09", lambda n: n["uitkomst"].reverse(), "uitkomst", "berekend is [IN-B, IN-C, IN-A]"),
    ("09", lambda n: n["gunning"].update(winnaar="IN-C"), "gunning.winnaar", "IN-C, maar berekend is IN-B"),
    ("09", lambda n: n["gunning"].update(loting=["IN-A"]), "gunning.loting", "geen gelijkspel"),
    ("09", put("CS-2026", minimum_totaal_kwaliteit=90), "gunning.winnaar", "minimale kwaliteit"),
    # 10
    ("10", put("OV-2026", eind=date(2026, 7, 1)), "OV-2026 eind", "na start"),
    ("10", put("OV-2026", gesprekken=[date(2027, 7, 6)]), "OV-2026 gesprekken", "2027-01-19, 2027-07-06"),
    ("10", drop("OV-2026", "inschrijving"), "OV-2026 inschrijving", "IN-B"),
    ("10", put("OV-2026", inschrijving="IN-A"), "OV-2026 inschrijving", "IN-B, niet IN-A"),
    ("10", put("OV-2026", opdrachtnemer="ORG-WIND"), "OV-2026 opdrachtnemer", "ORG-BRUG"),
    (
        "10",
        lambda n: n("PA-01")["mijlpalen"][1].update(datum=date(2031, 1, 1)),
        "PA-01 mijlpalen[2].datum",
        "buiten de overeenkomst",
    ),
    (
        "10",
        lambda n: n("PA-01")["indicator"].update(streefwaarde=101),
        "PA-01 indicator.streefwaarde",
        "tot en met 100",
    ),
    (
        "10",
        lambda n: n("PA-02")["indicator"].update(nulmeting=-1),
        "PA-02 indicator.nulmeting",
        "tot en met 4",
    ),
    (
        "10",
        lambda n: n("PA-04")["hulpindicator"]["verloop"][1].pop("aanpassing"),
        "PA-04 hulpindicator.verloop[2].aanpassing",
        "ontbreekt de aanpassing",
    ),
    (
        "10",
        lambda n: n("PA-04")["hulpindicator"]["verloop"][0].update(aanpassing="AP-01"),
        "PA-04 hulpindicator.verloop[1].aanpassing",
        "begin",
    ),
    (
        "10",
        lambda n: n("PA-04")["hulpindicator"]["verloop"][1].update(aanpassing="AP-02"),
        "PA-04 hulpindicator.verloop[2].aanpassing",
        "gaat over PA-03",
    ),
    (
        "10",
        put("AP-01", ingangsdatum=date(2026, 11, 13)),
        "PA-04 hulpindicator.verloop[2].aanpassing",
        "gaat in op 2026-11-13",
    ),
    (
        "10",
        lambda n: n("PA-04")["hulpindicator"]["verloop"][1].update(vanaf=date(2026, 7, 1)),
        "PA-04 hulpindicator.verloop[2].vanaf",
        "na 2026-07-01",
    ),
    # 11
    (
        "11",
        lambda n: n("HG-1")["standen"][1].update(afspraak="PA-01"),
        "HG-1 standen[2].afspraak",
        "al een stand",
    ),
    ("11", lambda n: n("HG-1")["standen"][0].update(waarde=101), "HG-1 standen[1].waarde", "procent"),
    # 12
    ("12", put("AP-01", gesprek=date(2026, 11, 1)), "AP-01 gesprek", "op of na aangevraagd"),
    ("12", put("AP-01", oorspronkelijk_doel="Iets anders."), "AP-01 oorspronkelijk_doel", "doel van PA-04"),
    ("12", drop("AP-01", "ingangsdatum"), "AP-01 ingangsdatum", "Vul de ingangsdatum in"),
    ("12", put("AP-02", ingangsdatum=date(2027, 2, 1)), "AP-02 ingangsdatum", "Haal de ingangsdatum weg"),
    ("12", drop("AP-02", "motivering_besluit"), "AP-02 motivering_besluit", "waarom"),
    (
        "12",
        lambda n: n.add("aanpassingen", "AP-01", id="AP-03"),
        "AP-03 oude_tekst",
        "nieuwe tekst van AP-01",
    ),
    # 13, 14, 15
    ("13", put("OD-2026", wisseldatum=date(2026, 5, 1)), "OD-2026 wisseldatum", "op of na start"),
    ("13", put("TB-3", totaal=13), "TB-3 totaal", "13, maar berekend is 14"),
    (
        "13",
        put("TB-12", doorgegaan_of_instemming=11),
        "TB-12 doorgegaan_of_instemming",
        "11, maar berekend is 12",
    ),
    ("14", put("SG-04", eigenaar="ORG-GEM"), "SG-04 eigenaar", "niemand"),
    ("14", drop("SG-02", "eigenaar"), "SG-02 eigenaar", "hoort een eigenaar"),
    ("14", drop("SG-01", "opgelost"), "SG-01 opgelost", "Vul de dag in"),
    ("14", put("SG-02", opgelost=date(2027, 1, 1)), "SG-02 opgelost", "Haal de dag"),
    ("15", block("toelichting", "Iets anders."), "toelichting", "berekend is Het verwachte spoor"),
    (
        "15",
        lambda n: n["sporen"][3]["criteria"].pop(),
        "sporen[4].criteria",
        "[K4], maar berekend is [K4, K7]",
    ),
    ("15", lambda n: n["sporen"].pop(), "sporen", "BH-12"),
    # 18
    ("04", block("plan", None), "secties", "zolang plan er nog niet is"),
    ("05", block("criteria_set", None), "criteria", "zolang criteria_set"),
    ("05", block("criteria_set", None), "criteria_set", "Er is een gunning"),
    ("07", block("uitvraag", None), "reacties", "zolang uitvraag"),
    ("09", block("gunning", None), "inschrijvingen", "zolang gunning"),
    ("09", block("planning", None), "planning", "Er is een gunning"),
    ("10", block("overeenkomst", None), "afspraken", "zolang overeenkomst"),
    ("13", block("overdracht", None), "punten", "zolang overdracht"),
]


@pytest.mark.parametrize(("file", "change", "place", "fragment"), SHAPE + RULES)
def test_refused(hood, file, change, place, fragment):
    change(hood)
    start = f"{FILE[file]}.yaml: {place}: "
    lines = hood.errors()
    assert any(line.startswith(start) and fragment in line for line in lines), lines


NOTICES: list[tuple[str, Change, str, str]] = [
    (
        "06",
        put("UA-01", criteria=["K1", "K2"]),
        "UA-01 criteria",
        "Let op: Dit artikel deelt geen sectie met kwaliteitscriterium K2.",
    ),
    (
        "08",
        lambda n: n("NIV-6").update(wijzigt_uitvraag=False),
        "NI-2026 vragen",
        "UA-12 is in de laatste versie veranderd",
    ),
    ("08", lambda n: n("NIV-1").update(wijzigt_uitvraag=True), "NI-2026 vragen", "wijzigt UA-03"),
    ("09", score(1, score=0), "", ""),
    (
        "10",
        lambda n: n("PA-01")["indicator"].update(soort="output"),
        "PA-01 indicator.soort",
        "alleen een outputindicator",
    ),
    ("10", lambda n: n("PA-01")["indicator"].pop("nulmeting"), "PA-01 indicator.nulmeting", "geen nulmeting"),
    ("10", put("PA-02", artikelen=["UA-03", "UA-12"]), "PA-02 artikelen", "UA-12 ligt niet op het spoor"),
    ("10", put("PA-02", criteria=["K9"]), "PA-02 criteria", "K9 ligt niet op het spoor"),
]


@pytest.mark.parametrize(("file", "change", "place", "fragment"), NOTICES)
def test_allowed_but_worth_seeing(hood, file, change, place, fragment):
    change(hood)
    found = [(n.file, n.place) for n in hood.check().notices if fragment in n.sentence]
    assert found == ([(f"{FILE[file]}.yaml", place)] if place else [])


def test_consensus_outside_the_scores_is_a_notice(hood):
    for item in hood["individuele_scores"]:
        if (item["inschrijving"], item["criterium"]) == ("IN-B", "K1"):
            item["score"] = Decimal(10)
    (notice,) = hood.check().notices
    assert notice.place == "consensus.IN-B.K1.score"
    assert notice.sentence == "Let op: 8 ligt buiten de losse scores (10 tot en met 10)."


def test_article_outside_the_trace_is_a_notice(hood):
    hood("R-26")["behoefte"] = "BH-05"
    hood["sporen"][4]["reacties"].append("R-26")
    (notice,) = hood.check().notices
    assert (notice.place, notice.sentence) == (
        "R-26 behoefte",
        "Let op: Artikel UA-04 ligt niet op het spoor van BH-05.",
    )


def test_both_rounds_are_separate(hood):
    hood("R-05")["citaat"] = "nergens"
    hood("P-01")["bijnaam"] = "x"
    assert hood.errors() == ["01_organisaties_rollen_centra.yaml: P-01 bijnaam: Dit veld kent het formaat niet."]


def test_twenty_lines_and_how_many_more(hood):
    for remark in hood["reacties"]:
        remark["onbekend"] = 1
    hood("P-01")["bijnaam"] = "x"
    lines = hood.errors()
    assert lines[0].startswith("01_")
    assert len(lines) == 1 + 20 + 1
    assert lines[-1] == "… en nog 6 fouten."


def test_no_line_is_broken_by_what_it_quotes(hood):
    hood("P-01")["x\n\x1b[31m\u202e" + "y" * 500] = 1
    (line,) = hood.errors()
    assert line.isprintable()
    assert len(line) < 200


def test_allowed_values_are_allowed(hood):
    hood("P-01")["naam"] = "\u0928\u094d\u200d\u0928 👩\u200d👧"
    hood("IM-01").update(datum=date(2025, 10, 26), tijd=CET)
    hood("R-23").update(citaat=None, steun=0, taal="NL")
    hood("BH-01").update(taal="zh-Hant-TW", steun=0)
    hood("PA-06")["indicator"].update(eenheid="graden", nulmeting=Decimal("-3.5"))
    hood["gunning"]["loting"] = []
    hood("IN-C")["ontvangen"] = "2026-03-09T11:00:00Z"  # noon in Amsterdam, the last instant
    data = hood.check().data
    assert "steun" not in next(r for r in data["07_reacties.yaml"]["reacties"] if r["id"] == "R-23")
    assert data["02_bewonersagenda.yaml"]["behoeften"][0]["steun"] == 0


def test_repeated_quote_takes_its_occurrence(hood):
    hood("R-05").update(citaat="en", voorkomen=2)
    assert hood.errors() == []
