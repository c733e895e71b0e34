"""Files 00 to 08 as tables: from the area to the answered call (docs/FORMAT.md §2–10)."""

from __future__ import annotations

from wijkplatform.exchange.fields import (
    BOOL,
    DATE,
    HHMM,
    ID,
    INT,
    LANG,
    NAME,
    NUMBER,
    TEXT,
    TIME,
    VERSION,
    Scalar,
    new,
    one_of,
    to,
)
from wijkplatform.exchange.schema import Row, at_least_one, many, optional, or_null, row, rows, table

ORGANISATION_KINDS = one_of(
    "gemeente",
    "welzijnsorganisatie",
    "koepel_zelfbeheer",
    "bewonersvertegenwoordiging",
    "ketenpartner",
    "overig",
)
PLAN_STATES = one_of("schrijfversie", "ter_inzage", "vastgesteld")
CALL_STATES = one_of("concept", "definitief", "definitief na inlichtingen")
VERDICTS = ("overgenomen", "deels_overgenomen", "niet_overgenomen", "doorverwezen")
LANGUAGE = optional(LANG, default="nl")
OLDER_TEXTS = optional(rows(versie=INT, titel=optional(NAME), tekst=optional(TEXT)))


def _area(kind: str, **more: Scalar | Row) -> Row:
    return row(id=new(kind), naam=NAME, cbs_code_fictief=TEXT, inwoners=INT, **more)


GEBIED = row(
    formaat=VERSION,
    gemeente=_area("gemeente"),
    wijk=_area("wijk", omschrijving=TEXT, planperiode=row(start=DATE, eind=DATE)),
    buurten=rows(
        id=new("buurt"),
        naam=NAME,
        cbs_code_fictief=TEXT,
        inwoners=INT,
        kwetsbaar=BOOL,
        pct_laag_inkomen=NUMBER,
        pct_eenzaam=NUMBER,
        pct_kinderen=NUMBER,
    ),
)

ORGANISATIES = row(
    organisaties=rows(id=new("organisatie"), naam=NAME, soort=ORGANISATION_KINDS, opmerking=optional(TEXT)),
    rollen=rows(id=new("rol"), naam=NAME),
    personen=rows(
        id=new("persoon"),
        naam=NAME,
        buurt=optional(to("buurt")),
        mandaten=at_least_one(
            rows(
                rol=to("rol"),
                organisatie=optional(to("organisatie")),
                centrum=optional(to("centrum")),
                vanaf=optional(DATE),
                tot=optional(DATE),
            )
        ),
    ),
    centra=rows(
        id=new("centrum"),
        naam=NAME,
        beheer=one_of("zelfbeheer", "medebeheer"),
        buurt=to("buurt"),
        soort=TEXT,
        vrijwilligers=INT,
        opening_uren_week=NUMBER,
    ),
)

BEWONERSAGENDA = row(
    inspraakmomenten=rows(
        id=new("inspraakmoment"),
        datum=DATE,
        tijd=TIME,
        plek=to("centrum"),
        soort=TEXT,
        aanwezig=INT,
        vraag=TEXT,
    ),
    behoeften=rows(
        id=new("behoefte"),
        titel=NAME,
        tekst=TEXT,
        indiener=to("persoon"),
        herkomst=optional(to("inspraakmoment")),
        buurten=many(to("buurt")),
        steun=INT,
        thema=optional(TEXT),
        taal=LANGUAGE,
    ),
)

UITGANGSPUNTEN = row(
    nota=or_null(row(id=new("nota"), titel=NAME, vastgesteld_door=TEXT, datum=DATE)),
    uitgangspunten=rows(id=new("uitgangspunt"), titel=NAME, tekst=TEXT),
)

WIJKPLAN = row(
    plan=or_null(
        row(
            id=new("plan"),
            titel=NAME,
            wijk=to("wijk"),
            horizon_jaren=INT,
            herijking=TEXT,
            status=PLAN_STATES,
            versies=at_least_one(rows(nummer=INT, datum=DATE, status=PLAN_STATES, door=to("persoon"), opmerking=TEXT)),
        )
    ),
    secties=rows(
        id=new("sectie"),
        nummer=INT,
        titel=NAME,
        behoeften=many(to("behoefte")),
        uitgangspunten=many(to("uitgangspunt")),
        schrijvers=many(to("persoon")),
        taal=LANGUAGE,
        tekst=TEXT,
        versie_teksten=OLDER_TEXTS,
    ),
)

CRITERIA = row(
    criteria_set=or_null(
        row(
            id=new("criteria_set"),
            titel=NAME,
            methode=TEXT,
            schaal=many(NUMBER),
            schaal_uitleg=table(NUMBER, TEXT),
            formule_kwaliteit=one_of("evenredig"),
            formule_prijs=one_of("tussen_bodem_en_plafond"),
            formule_uitleg=optional(TEXT),
            prijs_plafond_per_jaar=NUMBER,
            prijs_bodem_per_jaar=NUMBER,
            totaal_gewicht=NUMBER,
            minimum_totaal_kwaliteit=NUMBER,
            gelijkspel=many(ID),
            vastgesteld=DATE,
        )
    ),
    criteria=rows(
        id=new("criterium"),
        titel=NAME,
        gewicht=NUMBER,
        soort=one_of("kwaliteit", "prijs"),
        secties=many(to("sectie")),
        behoeften=many(to("behoefte")),
        ingebracht_door=many(to("persoon")),
        vraag=TEXT,
    ),
    geschiktheidseisen=rows(id=new("geschiktheidseis"), tekst=TEXT),
    toelichting_wijzigingen=or_null(TEXT),
    wijzigingen=rows(
        datum=DATE,
        criterium=to("criterium"),
        van_gewicht=NUMBER,
        naar_gewicht=NUMBER,
        reden=TEXT,
        besluit=one_of("overgenomen", "deels_overgenomen", "niet_overgenomen"),
        door=to("persoon"),
    ),
)

UITVRAAG = row(
    uitvraag=or_null(
        row(
            id=new("uitvraag"),
            titel=NAME,
            opdrachtgever=to("organisatie"),
            procedure=TEXT,
            geraamde_waarde_totaal=NUMBER,
            looptijd=row(start=DATE, eind=DATE, verlenging=optional(TEXT)),
            criteria_set=to("criteria_set"),
            versies=at_least_one(
                rows(
                    nummer=INT,
                    status=CALL_STATES,
                    datum=DATE,
                    reactie_van=optional(DATE),
                    reactie_tot=optional(DATE),
                    opmerking=optional(TEXT),
                )
            ),
        )
    ),
    percelen=rows(id=new("perceel"), titel=NAME, soort=one_of("functioneel", "geografisch")),
    artikelen=rows(
        id=new("artikel"),
        nummer=INT,
        titel=NAME,
        percelen=many(to("perceel")),
        secties=many(to("sectie")),
        criteria=many(to("criterium")),
        taal=LANGUAGE,
        concept=TEXT,
        definitief=optional(TEXT),
        vervallen_in=optional(INT),
        versie_teksten=OLDER_TEXTS,
    ),
)

REACTIES = row(
    reacties=rows(
        id=new("reactie"),
        artikel=to("artikel"),
        citaat=optional(TEXT),
        voorkomen=optional(INT),
        antwoord_op=optional(to("reactie")),
        door=to("persoon"),
        rol=to("rol"),
        namens=optional(to("organisatie", "centrum")),
        datum=DATE,
        tijd=optional(TIME),
        tekst=TEXT,
        taal=LANGUAGE,
        steun=optional(INT, default=0),
        afweging=optional(one_of(*VERDICTS)),
        antwoord=optional(TEXT),
        gewijzigd_in=optional(INT),
        zonder_wijziging=optional(TEXT),
        behoefte=optional(to("behoefte")),
    ),
)

NOTA_VAN_BEANTWOORDING = row(
    nota_van_beantwoording=or_null(
        row(
            id=new("nota_van_beantwoording"),
            uitvraag=to("uitvraag"),
            van_versie=INT,
            naar_versie=INT,
            gepubliceerd=DATE,
            anoniem_voor_bewoners=BOOL,
            inleiding=TEXT,
            tellingen=row(**dict.fromkeys(VERDICTS, INT)),
        )
    ),
    nota_van_inlichtingen=or_null(
        row(
            id=new("nota_van_inlichtingen"),
            vragen_tot=DATE,
            gepubliceerd=DATE,
            uiterste_inschrijfdatum=DATE,
            uiterste_inschrijftijd=HHMM,
            vragen=rows(id=new("vraag"), artikel=to("artikel"), vraag=TEXT, antwoord=TEXT, wijzigt_uitvraag=BOOL),
        )
    ),
)
