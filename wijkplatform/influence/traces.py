"""What became of each need, by declared links (docs/FORMAT.md §17). Pure, no database.

    need → plan sections that name it → criteria and articles that name one of those sections
         → the winner's scores on those criteria
    need → agreements that name it → what was reported on them, adjustments of them
    need → remarks that name it, on whichever article

What a criterion or article itself says about needs or criteria does not count, nor do the sections, articles
and criteria of an agreement. Every list keeps the order in which it is given.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

DEAD_END = "nog geen afspraak: dit moet zichtbaar zijn"


class Linked(NamedTuple):
    """A thing and the codes of what it names: a section its needs, an article its sections, and so on."""

    code: str
    names: Collection[str]


class Report(NamedTuple):
    """What one conversation recorded of one agreement."""

    conversation: str
    agreement: str
    value: object
    picture: str


@dataclass(frozen=True)
class Links:
    """Everything in a neighbourhood that can lie on a trace."""

    sections: Sequence[Linked] = ()  # name needs
    criteria: Sequence[Linked] = ()  # name sections
    articles: Sequence[Linked] = ()  # name sections
    remarks: Sequence[Linked] = ()  # name at most one need
    agreements: Sequence[Linked] = ()  # name needs
    reports: Sequence[Report] = ()
    adjustments: Sequence[Linked] = ()  # name one agreement
    winner_scores: Mapping[str, object] = field(default_factory=dict)  # per quality criterion


@dataclass(frozen=True)
class Trace:
    need: str
    sections: list[str]
    criteria: list[str]
    articles: list[str]
    remarks: list[str]
    scores: dict[str, object]
    agreements: list[str]
    reports: list[Report]
    adjustments: list[str]

    @property
    def dead_end(self) -> str | None:
        """Said out loud when nothing was agreed about this need."""
        return None if self.agreements else DEAD_END


def traces(needs: Iterable[str], links: Links) -> list[Trace]:
    """The trace of each of these needs."""
    by_need = [_index(items) for items in (links.sections, links.remarks, links.agreements)]
    by_section = [_index(items) for items in (links.criteria, links.articles)]
    adjusted = _index(links.adjustments)
    reported: dict[str, list[int]] = {}
    for place, report in enumerate(links.reports):
        reported.setdefault(report.agreement, []).append(place)
    result = []
    for need in needs:
        sections, remarks, agreements = (
            _codes(items, index, [need])
            for items, index in zip((links.sections, links.remarks, links.agreements), by_need, strict=True)
        )
        criteria, articles = (
            _codes(items, index, sections)
            for items, index in zip((links.criteria, links.articles), by_section, strict=True)
        )
        places = sorted(place for code in agreements for place in reported.get(code, ()))
        result.append(
            Trace(
                need=need,
                sections=sections,
                criteria=criteria,
                articles=articles,
                remarks=remarks,
                scores={code: links.winner_scores[code] for code in criteria if code in links.winner_scores},
                agreements=agreements,
                reports=[links.reports[place] for place in places],
                adjustments=_codes(links.adjustments, adjusted, agreements),
            )
        )
    return result


def _index(items: Sequence[Linked]) -> dict[str, list[int]]:
    """Per code that is named: the places of the things that name it."""
    result: dict[str, list[int]] = {}
    for place, item in enumerate(items):
        for name in item.names:
            result.setdefault(name, []).append(place)
    return result


def _codes(items: Sequence[Linked], index: Mapping[str, list[int]], names: Iterable[str]) -> list[str]:
    """The codes of the things that name one of these, each once, in their own order."""
    places = {place for name in names for place in index.get(name, ())}
    return [items[place].code for place in sorted(places)]
