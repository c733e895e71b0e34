"""Files 09 to 15 as tables: from the award to the trace of every need (docs/FORMAT.md §11–17)."""

from __future__ import annotations

from wijkplatform.exchange.fields import (
    BOOL,
    DATE,
    ID,
    INT,
    MOMENT,
    NAME,
    NUMBER,
    SIGNED,
    TEXT,
    TIME,
    new,
    one_of,
    to,
)
from wijkplatform.exchange.schema import many, optional, or_null, row, rows, table

PICTURES = one_of("op koers", "aandacht", "nog niet te meten", "bijna gehaald", "gehaald")
MEASURES = one_of("outcome", "proces", "output")
OWNER = to("persoon", "organisatie", "centrum")

BEOORDELING = row(
    planning=or_null(
        row(
            beoordelen_van=DATE,
            beoordelen_tot=DATE,
            consensus=DATE,
            advies_aan_college=DATE,
            gunningsbeslissing_verzonden=DATE,
            opschortende_termijn_dagen=INT,
            laatste_dag_termijn=DATE,
            contract_vanaf=DATE,
            contract_getekend=optional(DATE),
        )
    ),
    beoordelaars=rows(
        id=new("beoordelaar"),
        persoon=to("persoon"),
        uit_wijk=BOOL,
        verklaring_datum=DATE,
        band_met=optional(to("organisatie")),
        mag_beoordelen=BOOL,
        reden=optional(TEXT),
        vervangen_door=optional(to("beoordelaar")),
    ),
    inschrijvingen=rows(
        id=new("inschrijving"),
        organisatie=to("organisatie"),
        ontvangen=MOMENT,
        prijs_per_jaar=NUMBER,
        samenvatting=TEXT,
    ),
    individuele_scores=rows(
        inschrijving=to("inschrijving"),
        beoordelaar=to("beoordelaar"),
        criterium=to("criterium"),
        score=NUMBER,
        toelichting=TEXT,
    ),
    consensus=table(to("inschrijving"), table(to("criterium"), row(score=NUMBER, motivering=TEXT))),
    # Computed: compared as a whole, so its references need no check of their own.
    uitkomst=rows(
        inschrijving=ID,
        punten_per_criterium=table(ID, NUMBER),
        kwaliteit=NUMBER,
        prijs=NUMBER,
        totaal=NUMBER,
        rang=optional(INT),
    ),
    gunning=or_null(
        row(
            winnaar=to("inschrijving"),
            gemotiveerd_voor_bewoners=TEXT,
            loting=optional(many(to("inschrijving"))),
            beslisdocument=row(id=new("beslisdocument"), titel=NAME, besproken_in=TEXT, datum=DATE),
        )
    ),
)

PRESTATIEAFSPRAKEN = row(
    overeenkomst=or_null(
        row(
            id=new("overeenkomst"),
            inschrijving=optional(to("inschrijving")),
            opdrachtnemer=to("organisatie"),
            start=DATE,
            eind=DATE,
            gesprekken=many(DATE),
        )
    ),
    afspraken=rows(
        id=new("afspraak"),
        titel=NAME,
        percelen=many(to("perceel")),
        doel=TEXT,
        behoeften=many(to("behoefte")),
        secties=many(to("sectie")),
        artikelen=many(to("artikel")),
        criteria=many(to("criterium")),
        indicator=row(
            naam=NAME,
            soort=MEASURES,
            eenheid=TEXT,
            richting=one_of("hoger", "lager"),
            nulmeting=optional(SIGNED),
            streefwaarde=SIGNED,
            peildatum=DATE,
            bron=TEXT,
        ),
        hulpindicator=optional(
            row(
                naam=NAME,
                soort=MEASURES,
                eenheid=TEXT,
                verloop=rows(vanaf=DATE, waarde=optional(SIGNED), aanpassing=optional(to("aanpassing"))),
            )
        ),
        mijlpalen=rows(datum=DATE, tekst=TEXT),
        eigenaar=to("organisatie"),
    ),
)

HALFJAARGESPREKKEN = row(
    gesprekken=rows(
        id=new("gesprek"),
        datum=DATE,
        tijd=TIME,
        plek=to("centrum"),
        periode=row(van=DATE, tot=DATE),
        aanwezig=many(to("persoon")),
        verslag=TEXT,
        standen=rows(afspraak=to("afspraak"), waarde=SIGNED, beeld=PICTURES, toelichting=TEXT),
        acties=rows(id=new("actie"), tekst=TEXT, wie=to("persoon"), voor=DATE, klaar=BOOL),
    ),
)

AANPASSINGEN = row(
    aanpassingen=rows(
        id=new("aanpassing"),
        afspraak=to("afspraak"),
        aangevraagd_door=to("persoon"),
        aangevraagd=DATE,
        gesprek=DATE,
        deelnemers=many(to("persoon")),
        signaal=TEXT,
        oorspronkelijk_doel=TEXT,
        oude_tekst=TEXT,
        nieuwe_tekst=TEXT,
        reden=TEXT,
        besluit=one_of("akkoord", "afgewezen"),
        besloten_door=many(to("persoon")),
        besloten=DATE,
        ingangsdatum=optional(DATE),
        motivering_besluit=optional(TEXT),
        gevolg_voor_geld=TEXT,
        terugkijken=optional(to("gesprek")),
    ),
)

OVERDRACHT = row(
    overdracht=or_null(
        row(
            id=new("overdracht"),
            van=to("organisatie"),
            naar=to("organisatie"),
            start=DATE,
            wisseldatum=DATE,
            einde=DATE,
            terugblikken=many(DATE),
        )
    ),
    punten=rows(
        id=new("punt"),
        soort=one_of("project", "sleutel", "afspraak", "contactpersoon", "spullen", "kennis", "overig"),
        titel=NAME,
        eigenaar_oud=OWNER,
        eigenaar_nieuw=optional(OWNER),
        keuze=one_of("doorgaan", "veranderen", "stoppen"),
        besloten_door=many(to("persoon")),
        uitleg=TEXT,
        stand_12_maanden=optional(one_of("loopt", "gestopt", "gestopt met instemming")),
        toelichting=optional(TEXT),
        toestemming=optional(TEXT),
    ),
    terugblik=rows(id=new("terugblik"), datum=DATE, doorgegaan_of_instemming=INT, totaal=INT, tekst=TEXT),
)

SCHEMERGEBIED = row(
    kwesties=rows(
        id=new("kwestie"),
        titel=NAME,
        gemeld_door=to("persoon"),
        gemeld=DATE,
        partijen_die_verwezen=many(to("organisatie")),
        eigenaar=optional(to("organisatie")),
        eigenaar_sinds=optional(DATE),
        status=one_of("opgelost", "loopt", "niemand"),
        opgelost=optional(DATE),
        behoefte=optional(to("behoefte")),
    ),
)

INVLOEDSSPOOR = row(
    toelichting=TEXT,
    sporen=rows(
        behoefte=ID,
        titel=NAME,
        plansecties=many(ID),
        criteria=many(ID),
        artikelen=many(ID),
        reacties=many(ID),
        scores_winnaar=table(ID, NUMBER),
        afspraken=many(ID),
        verslagen=rows(gesprek=ID, afspraak=ID, waarde=SIGNED, beeld=PICTURES),
        aanpassingen=many(ID),
        einde_van_het_spoor=optional(TEXT),
    ),
)
