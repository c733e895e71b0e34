"""File 07: quotes and their place, replies, the hat somebody wore that day, an answer for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from wijkplatform.exchange.world import Findings, Item, World


@lru_cache(maxsize=512)
def occurrences(text: str, quote: str) -> int:
    """How often a quote stands in a text, counted by starting place, overlaps included.

    Knuth–Morris–Pratt, so that `aaaa…` in `aaaaaa…` takes no longer than anything else.
    """
    fallback, matched = [0] * len(quote), 0
    for place in range(1, len(quote)):
        while matched and quote[place] != quote[matched]:
            matched = fallback[matched - 1]
        matched += quote[place] == quote[matched]
        fallback[place] = matched
    found = matched = 0
    for char in text:
        while matched and (matched == len(quote) or char != quote[matched]):
            matched = fallback[matched - 1]
        matched += char == quote[matched]
        found += matched == len(quote)
    return found


def quotes(world: World, findings: Findings) -> None:
    for remark in world["reacties"]:
        article = world.by_id("artikelen").get(remark["artikel"])
        quote = remark.get("citaat")
        if quote is not None and article is not None and quote not in article["concept"]:
            text = f"Dit citaat staat niet in het concept van artikel {article['id']}."
            findings.wrong("reacties", f"{remark['id']} citaat", text)
        elif "voorkomen" in remark and (quote is None or article is not None):
            text = _wrong_occurrence(remark, article)
            if text:
                findings.wrong("reacties", f"{remark['id']} voorkomen", text)


def _wrong_occurrence(remark: Item, article: Item | None) -> str:
    """Only with a quote that occurs more than once, and at most that number."""
    if "citaat" not in remark or article is None:
        return "Zonder citaat kan hier geen voorkomen staan. Haal het weg."
    times = occurrences(article["concept"], remark["citaat"])
    if times == 1:
        return "Dit citaat komt maar één keer voor. Haal voorkomen weg."
    if not 1 <= remark["voorkomen"] <= times:
        return f"Dit citaat komt {times} keer voor. Kies een getal van 1 tot en met {times}."
    return ""


def replies(world: World, findings: Findings) -> None:
    known = world.by_id("reacties")
    for remark in world["reacties"]:
        parent = known.get(remark.get("antwoord_op", ""))
        if parent is None:
            continue
        place = f"{remark['id']} antwoord_op"
        if parent["artikel"] != remark["artikel"]:
            text = f"{parent['id']} gaat over {parent['artikel']} en niet over {remark['artikel']}."
            findings.wrong("reacties", place, text)
        if parent["datum"] > remark["datum"]:
            text = f"{parent['id']} is van later ({parent['datum']}) dan deze reactie ({remark['datum']})."
            findings.wrong("reacties", place, text)
    for code in sorted(_in_a_circle(known)):
        findings.wrong("reacties", f"{code} antwoord_op", "Deze reacties antwoorden in een kring op elkaar.")


def _in_a_circle(known: dict[str, Item]) -> set[str]:
    """The remarks that, followed along what they answer, come back at themselves."""
    done: set[str] = set()
    circle: set[str] = set()
    for start in known:
        path: dict[str, int] = {}
        code: str | None = start
        while code in known and code not in done and code not in path:
            path[code] = len(path)
            code = known[code].get("antwoord_op")
        if code in path:
            circle.update(list(path)[path[code] :])
        done.update(path)
    return circle


def _mandates(world: World, remark: Item) -> Iterator[Item]:
    """The mandates with this role that the person had on that day."""
    person = world.by_id("personen").get(remark["door"], {"mandaten": ()})
    for mandate in person["mandaten"]:
        begun = "vanaf" not in mandate or mandate["vanaf"] <= remark["datum"]
        over = "tot" in mandate and mandate["tot"] < remark["datum"]
        if mandate["rol"] == remark["rol"] and begun and not over:
            yield mandate


def hats(world: World, findings: Findings) -> None:
    for remark in world["reacties"]:
        if remark["door"] not in world.by_id("personen") or remark["rol"] not in world.by_id("rollen"):
            continue
        held = list(_mandates(world, remark))
        behalf = remark.get("namens")
        if not held:
            text = f"{remark['door']} had op {remark['datum']} geen mandaat als {remark['rol']}."
            findings.wrong("reacties", f"{remark['id']} rol", text)
        elif behalf and not any(behalf in (m.get("organisatie"), m.get("centrum")) for m in held):
            text = f"{remark['door']} had op {remark['datum']} geen mandaat als {remark['rol']} namens {behalf}."
            findings.wrong("reacties", f"{remark['id']} namens", text)


def within_the_period(world: World, findings: Findings) -> None:
    version = world.concept_version
    if version is None or "reactie_van" not in version or "reactie_tot" not in version:
        return
    start, end = version["reactie_van"], version["reactie_tot"]
    for remark in world["reacties"]:
        if not start <= remark["datum"] <= end:
            text = f"{remark['datum']} valt buiten de reactietijd ({start} tot en met {end})."
            findings.wrong("reacties", f"{remark['id']} datum", text)


def everybody_gets_an_answer(world: World, findings: Findings) -> None:
    for remark in world["reacties"]:
        missing = [name for name in ("afweging", "antwoord") if name not in remark]
        if len(missing) == 1:
            text = "Een afweging en een antwoord horen bij elkaar. Vul allebei in of geen van beide."
            findings.wrong("reacties", f"{remark['id']} {missing[0]}", text)
        elif missing and world.after_concept:
            text = "Er is een versie na het concept, dus elke reactie heeft een afweging en een antwoord. Vul ze in."
            findings.wrong("reacties", f"{remark['id']} afweging", text)


def what_came_of_it(world: World, findings: Findings) -> None:
    """Only what was adopted names the version in which the text changed, or says why it did not; never both."""
    for remark in world["reacties"]:
        named = [name for name in ("gewijzigd_in", "zonder_wijziging") if name in remark]
        if named and remark.get("afweging") not in ("overgenomen", "deels_overgenomen"):
            text = "Dit hoort alleen bij een reactie die geheel of deels is overgenomen. Haal het weg."
            findings.wrong("reacties", f"{remark['id']} {named[0]}", text)
        elif len(named) == 2:
            text = "De tekst veranderde of bleef gelijk. Laat gewijzigd_in of zonder_wijziging staan, niet allebei."
            findings.wrong("reacties", f"{remark['id']} {named[1]}", text)
        elif "gewijzigd_in" in remark and not 2 <= remark["gewijzigd_in"] <= len(world.versions):
            text = f"Versie {remark['gewijzigd_in']} bestaat niet of is de eerste. Noem de versie met de wijziging."
            findings.wrong("reacties", f"{remark['id']} gewijzigd_in", text)


def article_on_the_trace(world: World, findings: Findings) -> None:
    for remark in world["reacties"]:
        trace = world.trace_of.get(remark.get("behoefte", ""))
        if trace is not None and remark["artikel"] not in trace.articles:
            text = f"Artikel {remark['artikel']} ligt niet op het spoor van {trace.need}."
            findings.note("reacties", f"{remark['id']} behoefte", text)


RULES = (
    quotes,
    replies,
    hats,
    within_the_period,
    everybody_gets_an_answer,
    what_came_of_it,
    article_on_the_trace,
)
