"""An example of every page: which address, and what a visitor and somebody logged in may expect of it."""

from dataclasses import dataclass

from tests.support.world import World, email_of

OK = (200,)


@dataclass(frozen=True)
class Expected:
    visitor: int
    known: tuple[int, ...] = OK


#: Every GET route. A page where somebody may only read answers 403 to its form's address and shows why.
EXAMPLES = {
    "/": Expected(200),
    "/bijlagen/<public_id>": Expected(404, (404,)),
    "/demo/inloggen/<account>": Expected(200),
    "/gebieden": Expected(200),
    "/gezond": Expected(200),
    "/inloggen": Expected(200, (303,)),
    "/inloggen/code": Expected(200),
    "/inloggen/link/<token>": Expected(410, (410,)),
    "/mijn": Expected(303),
    "/mijn/sessies": Expected(303),
    "/onderdelen": Expected(200),
    "/open-data": Expected(200),
    "/open-data/<slug>/<name>": Expected(200),
    "/uitvragen/<slug>": Expected(200),
    "/uitvragen/<slug>/artikelen/<code>": Expected(200),
    "/uitvragen/<slug>/artikelen/<code>/reageren": Expected(200, (200, 403)),
    "/uitvragen/<slug>/beoordeling": Expected(200),
    "/uitvragen/<slug>/artikelen/<code>/bewerken": Expected(403, (200, 403)),
    "/uitvragen/<slug>/artikelen/<code>/vergelijk": Expected(200),
    "/uitvragen/<slug>/artikelen/nieuw": Expected(403, (200, 403)),
    "/uitvragen/<slug>/beantwoorden": Expected(403, (200, 403)),
    "/uitvragen/<slug>/inlichtingen": Expected(200),
    "/uitvragen/<slug>/nota": Expected(200),
    "/uitvragen/<slug>/nota.csv": Expected(200),
    "/uitvragen/<slug>/nota/alles": Expected(200),
    "/uitvragen/<slug>/reacties/<code>": Expected(200),
    "/uitvragen/<slug>/reacties/<code>/antwoord": Expected(403, (200, 403)),
    "/uitvragen/<slug>/versies": Expected(200),
    "/uitvragen/<slug>/versies/vergelijk": Expected(200),
    "/uitvragen/<slug>/volgende-versie": Expected(403, (200, 403)),
    "/spoor/<code>": Expected(200),
    "/wijken/<slug>": Expected(200),
    "/wijken/<slug>/agenda": Expected(200),
    "/wijken/<slug>/agenda/<code>": Expected(200),
    "/wijken/<slug>/agenda/nieuw": Expected(403, (200, 403)),
    "/wijken/<slug>/afspraken": Expected(200),
    "/wijken/<slug>/afspraken/<code>": Expected(200),
    "/wijken/<slug>/gesprekken/<code>": Expected(200),
    "/wijken/<slug>/criteria": Expected(200),
    "/wijken/<slug>/meedoen": Expected(403, (200, 403)),
    "/wijken/<slug>/overdracht": Expected(200),
    "/wijken/<slug>/momenten": Expected(200),
    "/wijken/<slug>/momenten/<code>/gehouden": Expected(403, (200, 403)),
    "/wijken/<slug>/momenten/<code>/toezegging": Expected(403, (200, 403)),
    "/wijken/<slug>/plan": Expected(200),
    "/wijken/<slug>/plan/<code>": Expected(200),
    "/wijken/<slug>/plan/<code>/bewerken": Expected(403, (200, 403)),
    "/wijken/<slug>/plan/<code>/geschiedenis": Expected(200),
    "/wijken/<slug>/plan/<code>/vergelijk": Expected(200),
    "/wijken/<slug>/plan/<code>/versies/<int:number>": Expected(200),
    "/wijken/<slug>/plan/alles": Expected(200),
    "/wijken/<slug>/schemergebied": Expected(200),
    "/wijken/<slug>/spoor/<code>": Expected(200),
    "/zoeken": Expected(200),
}

#: What is no page of ours: a line for machines, and lists to take along.
NO_PAGES = {"/gezond", "/open-data/<slug>/<name>", "/uitvragen/<slug>/nota.csv"}

#: Every declared part: route, id, and as whom to look.
PARTS = [
    ("/wijken/<slug>/agenda", "punten", None),
    ("/wijken/<slug>/agenda", "punten", "bewoner"),
    ("/wijken/<slug>/agenda/<code>", "steun", None),
    ("/wijken/<slug>/agenda/<code>", "steun", "bewoner"),
    ("/wijken/<slug>/agenda/<code>", "steun", "beleidsregisseur"),
    ("/wijken/<slug>/afspraken", "afspraken", None),
    ("/wijken/<slug>/afspraken", "gesprekken", "bewoner"),
    ("/wijken/<slug>/momenten", "geweest", None),
    ("/gebieden", "gevonden", None),
    ("/wijken/<slug>/overdracht", "punten", None),
    ("/wijken/<slug>/schemergebied", "kwesties", None),
    ("/uitvragen/<slug>/artikelen/<code>", "reacties", None),
    ("/uitvragen/<slug>/artikelen/<code>", "reacties", "bewoner"),
    ("/uitvragen/<slug>/beantwoorden", "stapel", "beleidsregisseur"),
    ("/uitvragen/<slug>/nota", "reacties", None),
    ("/mijn", "lijst", "bewoner"),
    ("/zoeken", "gevonden", None),
]

#: What a code in an address is of.
KINDS = {
    "/agenda/": "need", "/artikelen/": "article", "/reacties/": "remark", "/afspraken/": "agreement",
    "/gesprekken/": "conversation", "/momenten/": "moment",
}  # fmt: skip


def example(world: World, rule: str, slug: str) -> str:
    """An address that this rule answers, in this neighbourhood."""
    kind = next((kind for part, kind in KINDS.items() if part in rule), "section")
    code = first_code(world, slug, kind) if "<code>" in rule else ""
    slug = call_slug(world, slug) if rule.startswith("/uitvragen/") else slug
    path = (
        rule.replace("<slug>", slug).replace("<code>", code).replace("<int:number>", "1")
        .replace("<account>", world.logins[email_of("bewoner")]).replace("<token>", "geen-echte-sleutel")
        .replace("<public_id>", "niet-bestaand").replace("<name>", "punten.csv")
    )  # fmt: skip
    return path + ("?van=1&naar=1" if rule.endswith("/vergelijk") else "")


def first_code(world: World, slug: str, kind: str) -> str:
    query = (
        "SELECT code FROM index_entry WHERE kind = ? AND neighbourhood_id = "
        "(SELECT id FROM neighbourhood WHERE slug = ?) ORDER BY id LIMIT 1"
    )
    return str(world.watch.execute(query, (kind, slug)).fetchone()[0])


def call_slug(world: World, slug: str) -> str:
    """The slug of the call of a neighbourhood."""
    query = "SELECT call.slug FROM call JOIN neighbourhood n ON n.id = call.neighbourhood_id WHERE n.slug = ?"
    return str(world.watch.execute(query, (slug,)).fetchone()[0])
