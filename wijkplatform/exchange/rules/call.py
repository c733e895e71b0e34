"""Files 06 and 08: the call, its versions and articles, and the two notes that answer people."""

from __future__ import annotations

from wijkplatform.exchange.fields import offsets_on
from wijkplatform.exchange.rules.plan import older_texts, versions, wordings
from wijkplatform.exchange.world import Findings, Item, World


def call_versions(world: World, findings: Findings) -> None:
    if world["uitvraag"] is not None:
        versions(findings, "uitvraag", world["uitvraag"])


def remark_period(world: World, findings: Findings) -> None:
    """Exactly one version, a concept, says from when to when remarks are possible."""
    call = world["uitvraag"]
    if call is None:
        return
    with_period = 0
    for number, version in enumerate(world.versions, 1):
        place = f"{call['id']} versies[{number}]"
        start, end = version.get("reactie_van"), version.get("reactie_tot")
        if start is None and end is None:
            continue
        with_period += 1
        if start is None or end is None:
            missing = "reactie_van" if start is None else "reactie_tot"
            findings.wrong("uitvraag", f"{place}.{missing}", "Vul reactie_van en reactie_tot allebei in.")
        elif end < start:
            findings.wrong("uitvraag", f"{place}.reactie_tot", f"{end} ligt vóór reactie_van ({start}).")
        if version["status"] != "concept":
            text = f"Reageren kan alleen op een concept, niet op een versie met status {version['status']}."
            findings.wrong("uitvraag", f"{place}.status", text)
        if with_period > 1:
            text = (
                "Er is al een versie waarop gereageerd kan worden. "
                "Laat reactie_van en reactie_tot bij één versie staan."
            )
            findings.wrong("uitvraag", f"{place}.reactie_van", text)
    if not with_period:
        text = "Geen enkele versie heeft reactie_van en reactie_tot. Zet ze bij het concept."
        findings.wrong("uitvraag", f"{call['id']} versies", text)


def anchors(world: World, article: Item) -> dict[int, str | None]:
    """The versions of which an article carries the text itself."""
    return {
        world.concept_number: article["concept"],
        len(world.versions): article.get("definitief", article["concept"]),
    }


def article_texts(world: World, findings: Findings) -> None:
    if not world.concept_number:
        return
    for article in world["artikelen"]:
        if world.after_concept and "definitief" not in article:
            text = "Er is een versie na het concept. Vul de definitieve tekst in."
            findings.wrong("artikelen", f"{article['id']} definitief", text)
        elif not world.after_concept and "definitief" in article:
            text = "Er is nog geen versie na het concept. Haal de definitieve tekst weg."
            findings.wrong("artikelen", f"{article['id']} definitief", text)
        else:
            older_texts(findings, "artikelen", article, anchors(world, article))


def dropped_articles(world: World, findings: Findings) -> None:
    """An article goes in a version after the first, and from then on it is in none."""
    for article in world["artikelen"]:
        last = article.get("vervallen_in")
        if last is not None and not 2 <= last <= len(world.versions):
            text = f"Versie {last} bestaat niet of is de eerste. Noem de eerste versie zonder dit artikel."
            findings.wrong("artikelen", f"{article['id']} vervallen_in", text)


def article_and_criterion_meet(world: World, findings: Findings) -> None:
    sections = {item["id"]: set(item["secties"]) for item in world.quality}
    for article in world["artikelen"]:
        for criterion in article["criteria"]:
            if criterion in sections and not sections[criterion] & set(article["secties"]):
                text = f"Dit artikel deelt geen sectie met kwaliteitscriterium {criterion}."
                findings.note("artikelen", f"{article['id']} criteria", text)


def answers_note(world: World, findings: Findings) -> None:
    note = world["nota_van_beantwoording"]
    if note is None or not world.versions:
        return
    numbers = {version["nummer"] for version in world.versions}
    for name in ("van_versie", "naar_versie"):
        if note[name] not in numbers:
            text = f"Versie {note[name]} van de uitvraag bestaat niet."
            findings.wrong("nota_van_beantwoording", f"{note['id']} {name}", text)
    if note["van_versie"] >= note["naar_versie"]:
        text = f"naar_versie ({note['naar_versie']}) moet hoger zijn dan van_versie ({note['van_versie']})."
        findings.wrong("nota_van_beantwoording", f"{note['id']} naar_versie", text)


def closing_time(world: World, findings: Findings) -> None:
    """One instant: a clock time that exists that day, and only once (it has no room for an offset)."""
    note = world["nota_van_inlichtingen"]
    if note is None:
        return
    day, moment = note["uiterste_inschrijfdatum"], note["uiterste_inschrijftijd"]
    times = len(offsets_on(day, moment.clock))
    if times != 1:
        how = "bestaat niet" if times == 0 else "komt twee keer voor"
        text = f"De tijd {moment} {how} op {day}, want die nacht gaat de klok om. Kies een andere tijd."
        findings.wrong("nota_van_inlichtingen", f"{note['id']} uiterste_inschrijftijd", text)


def questions_match_changes(world: World, findings: Findings) -> None:
    """After the definitive version: the articles that a question changed are those whose text changed."""
    note = world["nota_van_inlichtingen"]
    states = [version["status"] for version in world.versions]
    if note is None or "definitief" not in states[:-1] or not world.after_concept:
        return
    said = {item["artikel"] for item in note["vragen"] if item["wijzigt_uitvraag"]}
    last = len(states)
    changed = set()
    for article in world["artikelen"]:
        known = wordings(article, anchors(world, article))
        if known[last][1] != known[last - 1][1]:
            changed.add(article["id"])
    for article in sorted(said - changed):
        text = f"Een vraag wijzigt {article}, maar de tekst van {article} is in de laatste versie niet veranderd."
        findings.note("nota_van_inlichtingen", f"{note['id']} vragen", text)
    for article in sorted(changed - said):
        text = f"De tekst van {article} is in de laatste versie veranderd, maar geen vraag zegt dat."
        findings.note("nota_van_inlichtingen", f"{note['id']} vragen", text)


RULES = (
    call_versions,
    remark_period,
    article_texts,
    dropped_articles,
    article_and_criterion_meet,
    answers_note,
    closing_time,
    questions_match_changes,
)
