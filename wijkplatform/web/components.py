"""Made-up content for /onderdelen, the page that shows every component in its states."""

from datetime import date
from decimal import Decimal
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, EmailField, Form, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import Email, InputRequired, Optional

from wijkplatform.web.drawings import Point, Stage, State, bars, circle, line


class Wrong(Form):
    """A form that came back with errors: each kind of field once."""

    name = StringField("Voornaam", [InputRequired("Vul uw voornaam in")])
    mail = EmailField(
        "E-mailadres", [Optional(), Email("Maak uw e-mailadres af, zoals naam@voorbeeld.nl")],
        description="Alleen om u antwoord te sturen.",
    )  # fmt: skip
    hat = RadioField(
        "Namens wie zegt u dit?",
        [InputRequired("Kies namens wie u dit zegt")],
        choices=[SelectChoice("self", "Voor mijzelf, als bewoner"), SelectChoice("board", "Namens een bestuur")],
    )
    area = SelectField(
        "In welke buurt woont u?", choices=[SelectChoice("", "Kies een buurt"), SelectChoice("h", "Havenblokken")]
    )
    body = TextAreaField("Uw reactie", [InputRequired("Schrijf op wat u wilt zeggen")])
    rules = BooleanField("Ik ga akkoord met de huisregels", [InputRequired("Vink aan dat u akkoord gaat")])


class Login(Form):
    """The page to log in: an address, and the code to type over."""

    email = EmailField("Uw e-mailadres", [InputRequired("Vul uw e-mailadres in")])
    code = StringField("De code uit uw mail", [InputRequired("Vul de code in")])


def stages(open_now: tuple[int, ...] = (4,), done: tuple[int, ...] = (1, 2, 3)) -> list[Stage]:
    """The seven stages, with the given ones open and done."""
    lines = (
        ("Bewonersagenda", "Gedaan. Blijft altijd open.", "Altijd open.", "Begint in mei."),
        ("Wijkplan", "Geschreven. Besluit in december.", "Nu open, nog 3 weken.", "Begint in september."),
        ("Criteria", "Gedaan. De weging is klaar.", "Nu open.", "Na het wijkplan."),
        ("Uitvraag", "Gedaan.", "Nu open, nog 12 dagen.", "Begint in november."),
        ("Beoordeling", "Gedaan.", "Nu open.", "Begint in maart 2026."),
        ("Afspraken", "Gedaan.", "Nu open. Gesprek in januari.", "Vanaf 1 juli 2026."),
        ("Overdracht", "Gedaan.", "Nu open.", "Begint drie maanden voor de wissel."),
    )
    made = []
    for no, (name, when_done, when_open, when_next) in enumerate(lines, 1):
        state: State = "now" if no in open_now else "done" if no in done else "next"
        sentence = {"done": when_done, "now": when_open, "next": when_next}[state]
        made.append(Stage(no, name, state, sentence, "#stappen"))
    return made


def _divided() -> dict[str, Any]:
    """A hundred points, as two groups divide them."""
    parts = [("K1", "Aansluiten op de bewonersagenda"), ("K2", "Samenwerken met zelfbeheer"), ("K3", "Prijs")]
    return bars(parts, [("Bewoners", "41 mensen", [55, 40, 5]), ("Gemeente", "5 mensen", [46, 36, 18])], 100)


def samples() -> dict[str, Any]:
    """Everything onderdelen.html shows; needs no request and no database."""
    wrong = Wrong(MultiDict({"mail": "ans.terhove@", "area": "h"}))
    wrong.validate()
    council = {
        "name": "Burgemeester en wethouders",
        "hat": "Gemeente Waterrade",
        "role_kind": "council",
        "institution": True,
    }
    several = stages(open_now=(1, 2, 6), done=())
    return {
        "wrong_form": wrong,
        "login_form": Login(prefix="log-"),
        "circle_one": circle(stages()),
        "circle_several": circle(several),
        "circle_none": circle(stages(open_now=(), done=(1, 2))),
        "divided": _divided(),
        "stages": stages(),
        "stages_several": several,
        "people": _people(),
        "commitments": _commitments(council),
        "needs": _needs(),
        "suggestion": _suggestion(),
        "measured": _measured(),
        "conflict_parts": _conflict_parts(),
        "versions": _versions(),
        "paragraphs": _paragraphs(),
        "found": _found(),
        "icons": (
            "afspraak boek brief brug deels deur door hart huis ja kaart kalender klok knel lamp let loep menu min "
            "nee pen persoon pijl plus praat schaal schakel sleutel slot stadhuis steun stop taal uit vonk vork weet "
            "wissel"
        ).split(),
    }


def _people() -> list[dict[str, Any]]:
    return [
        {"name": "Ans", "hat": "bewoner Havenblokken", "role_kind": "resident"},
        {"name": "Cor Speelmeijer", "hat": "vrijwilliger Speeltuin Het Vlot", "role_kind": "volunteer"},
        {"name": "Samira el Bahlouli", "hat": "bestuur Buurthuis De Kade", "role_kind": "board"},
        {"name": "Joyce Pinasari", "hat": "sociaal makelaar, Onder de Brug", "role_kind": "worker"},
        {
            "name": "Rob Vledderman",
            "hat": "sociaal beheerder, Onder de Brug",
            "role_kind": "worker",
            "icon_name": "deur",
        },
        {"name": "Naima Tazelaar", "hat": "jongerenwerker, Onder de Brug", "role_kind": "worker", "icon_name": "vonk"},
        {"name": "Yusuf Demirhanoğlu", "hat": "bewoner in het beoordelingsteam", "role_kind": "assessor"},
        {"name": "Maarten Griffioen", "hat": "beleidsregisseur, Gemeente Waterrade", "role_kind": "council"},
        {
            "name": "Coöperatie Onder de Brug",
            "hat": "welzijnsorganisatie",
            "role_kind": "provider",
            "institution": True,
        },
    ]


def _commitments(council: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        "open": {
            "state": "open",
            "closes": "Reageren kan tot en met maandag 8 december 2025, 23.59 uur.",
            "hear_back": "U krijgt op elke reactie antwoord, uiterlijk op 20 januari 2026.",
            "say": 2,
            "decides": council,
            "open": "Alle twaalf artikelen.",
            "fixed": "Het budget, de looptijd en de gewichten van de criteria.",
        },
        "partly": {
            "state": "open",
            "title": "Schrijf mee aan het wijkplan",
            "closes": "Dat kan tot en met zondag 19 oktober.",
            "say": 3,
            "open": "Alle hoofdstukken.",
        },
        "late": {
            "state": "late",
            "text": "Beloofd: uiterlijk 20 januari. Nu 6 dagen te laat. Verantwoordelijk: Gemeente Waterrade.",
        },
        "closed": {"state": "closed", "text": "Reageren kon tot en met 8 december. U kunt alles nog lezen."},
        "kept": {"state": "kept", "text": "Alle 26 reacties kregen antwoord op 18 januari, 2 dagen voor de belofte."},
        "unrecorded": {"state": "unrecorded"},
    }


def _needs() -> list[dict[str, Any]]:
    return [
        {
            "href": "#agenda",
            "title": "Een plek voor jongeren in de avond",
            "text": "Na acht uur is alles dicht. Geef ons een plek, dan regelen wij de rest.",
            "count": "96 bewoners steunen dit",
            "area": "Zonnehoek",
            "state": "can",
            "action": "#agenda",
        },
        {
            "href": "#agenda",
            "title": "Ratten bij de containers",
            "text": "De gemeente en de corporatie verwijzen naar elkaar.",
            "count": "41 bewoners steunen dit",
            "area": "Havenblokken",
            "state": "done",
            "action": "#agenda",
        },
        {
            "href": "#agenda",
            "title": "Meer banken langs het water",
            "count": "7 bewoners steunen dit",
            "area": "Oude Sluis",
            "state": "blocked",
            "reason": "Steunen kan als u in het Zuiderkwartier woont.",
        },
    ]


def _suggestion() -> list[tuple[str, str]]:
    return [
        ("same", "De Loods gaat daarom "),
        ("del", "twee"),
        ("same", " "),
        ("ins", "vier"),
        ("same", " avonden per week open"),
        ("ins", ", ook op oudejaarsavond"),
        ("same", ". Een groep jongeren krijgt de sleutel."),
    ]


def _conflict_parts() -> list[dict[str, Any]]:
    return [
        {
            "base": "Voor hen moet een jongerenwerker echt tijd hebben.",
            "theirs": [
                ("same", "Voor hen "),
                ("del", "moet"),
                ("same", " "),
                ("ins", "heeft"),
                ("same", " een jongerenwerker "),
                ("del", "echt tijd hebben"),
                ("ins", "elke week een vast gesprek"),
                ("same", "."),
            ],
            "mine": [
                ("same", "Voor hen moet een jongerenwerker echt tijd hebben"),
                ("ins", ", ook overdag"),
                ("same", "."),
            ],
            "value": "Voor hen moet een jongerenwerker echt tijd hebben, ook overdag.",
        },
        {
            "base": "",
            "theirs": [("ins", "Die tijd staat in het rooster.")],
            "mine": [("ins", "Die tijd gaat voor op berichten en filmpjes.")],
            "value": "Die tijd gaat voor op berichten en filmpjes.",
        },
    ]


def _versions() -> list[dict[str, Any]]:
    kemal = {"name": "Kemal Oruçlar", "hat": "bewoner Zonnehoek", "role_kind": "resident", "small": True}
    joyce = {"name": "Joyce Pinasari", "hat": "sociaal makelaar", "role_kind": "worker", "small": True}
    return [
        {
            "no": 8,
            "href": "#versies",
            "when": "zaterdag 4 oktober, 20.43 uur",
            "who": kemal,
            "note": "‘ook overdag’ erbij: school is overdag",
            "now": True,
            "compare": "#vergelijk",
        },
        {
            "no": 7,
            "href": "#versies",
            "when": "zaterdag 4 oktober, 20.14 uur",
            "who": joyce,
            "note": "Kortere zinnen.",
            "compare": "#vergelijk",
        },
        {"no": 6, "href": "#versies", "when": "woensdag 1 oktober, 9.05 uur", "who": joyce},
    ]


def _paragraphs() -> list[dict[str, Any]]:
    return [
        {"kind": "same", "count": 1},
        {"kind": "changed", "changes": _suggestion()},
        {"kind": "same", "count": 3},
        {"kind": "removed", "changes": [("del", "Het team plaatst ten minste 20 berichten per maand.")]},
        {"kind": "added", "changes": [("ins", "Begeleiding van jongeren gaat altijd voor.")]},
    ]


def _measured() -> dict[str, Any]:
    """A figure that rises to its goal, with a day on which something was changed."""
    course = ((2026, 7, 1, 35, "jul ’26"), (2026, 12, 31, 46, "dec ’26"), (2027, 6, 30, 54, "jun ’27"))
    points = [Point(date(y, m, d), Decimal(value), f"{value}%", when) for y, m, d, value, when in course]
    goal = Point(date(2028, 6, 30), Decimal(60), "Doel 60% in juni 2028", "jun ’28")
    return line(points, goal, [date(2026, 11, 12)])


def _found() -> list[dict[str, Any]]:
    return [
        {
            "href": "#zoeken",
            "title": "Echte tijd voor jongeren die vastlopen",
            "kind": "Punt op de bewonersagenda, Zonnehoek",
            "text": "Een jongerenwerker moet ook overdag kunnen helpen met school, schulden of thuis.",
        },
        {
            "href": "#zoeken",
            "title": "5. Jongeren",
            "kind": "Hoofdstuk van het wijkplan",
            "text": "Sommige jongeren lopen vast. Voor hen moet een jongerenwerker echt tijd hebben.",
        },
    ]
