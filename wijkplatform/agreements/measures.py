"""What was measured of an agreement, in words, as a table and as a drawing. Pure, no database.

A figure is never judged here: 'on course' is what people said in a conversation. A figure that came with 'nog niet te
meten' stands in the table and not in the line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from wijkplatform.agreements import units
from wijkplatform.agreements.models import Action, Agreement, Conversation, Standing
from wijkplatform.core import clock
from wijkplatform.core.actor import VISITOR
from wijkplatform.core.policy import may
from wijkplatform.core.words import _, _l
from wijkplatform.web import dates, drawings
from wijkplatform.web.drawings import Point

#: How people said it stands: kind of pill, sign, words.
PICTURES = {
    "on_course": ("yes", "ja", _l("Op koers")),
    "attention": ("part", "let", _l("Vraagt aandacht")),
    "too_early": ("wait", "klok", _l("Nog niet te meten")),
    "nearly_reached": ("part", "deels", _l("Bijna gehaald")),
    "reached": ("yes", "ja", _l("Gehaald")),
}


def said(value: Decimal | None, unit: str) -> str:
    """'54 procent', '3 van de 4', '20 per maand'."""
    if value is None:
        return _("geen vast aantal meer")
    number, most = dates.number(value), units.highest(unit)
    if unit == "procent":
        return _("%(number)s procent", number=number)
    if most is not None:
        return _("%(number)s van de %(most)s", number=number, most=dates.number(most))
    return f"{number} {unit}"


def short(value: Decimal, unit: str) -> str:
    """As a drawing writes it: '54%', '3'."""
    return dates.number(value) + ("%" if unit == "procent" else "")


@dataclass(frozen=True)
class Row:
    """A line of the table: when, what, and how people said it stands."""

    when: str
    value: str
    picture: str | None = None
    href_code: str | None = None  #: of the conversation in which it was said
    changed: bool = False  #: the agreement was adjusted on this day


@dataclass(frozen=True)
class Course:
    """Everything about the figures of one agreement: the newest first in words, then all of it in time."""

    agreement: Agreement
    standings: Sequence[Standing]  #: oldest first
    adjusted: Sequence[date] = ()  #: the days from which an adjustment holds

    @property
    def last(self) -> Standing | None:
        return self.standings[-1] if self.standings else None

    @property
    def measured(self) -> list[Standing]:
        return [each for each in self.standings if each.picture != "too_early"]

    def value(self, standing: Standing) -> str:
        return said(standing.value, self.agreement.indicator.unit)

    @property
    def now(self) -> str | None:
        """The newest figure; None while nothing can be said in a number."""
        return self.value(self.last) if self.last and self.last.picture != "too_early" else None

    def before(self) -> str:
        """'Bij het gesprek ervoor was het 46 procent.' Empty when nothing is known of before."""
        indicator = self.agreement.indicator
        if self.now and len(self.measured) > 1:
            return _("Bij het gesprek ervoor was het %(value)s.", value=self.value(self.measured[-2]))
        if self.now and indicator.baseline is not None:
            return _("Aan het begin was het %(value)s.", value=said(indicator.baseline, indicator.unit))
        return ""

    def goal(self) -> str:
        """Where it should go, and by when; 'of meer' only where there is more."""
        indicator = self.agreement.indicator
        value, day = said(indicator.target, indicator.unit), dates.day(indicator.measured_on)
        end = Decimal(0) if indicator.direction == "lower" else units.highest(indicator.unit)
        if indicator.target == end and units.highest(indicator.unit) is not None:
            return _("Het doel is %(value)s op %(day)s.", value=value, day=day)
        if indicator.direction == "lower":
            return _("Het doel is %(value)s of minder op %(day)s.", value=value, day=day)
        return _("Het doel is %(value)s of meer op %(day)s.", value=value, day=day)

    def points(self) -> list[Point]:
        """The baseline on the first day of the contract, then each figure at the end of the months it is about."""
        indicator, start = self.agreement.indicator, self.agreement.contract.first_day
        known = [(start, indicator.baseline)] if indicator.baseline is not None else []
        known += [(each.conversation.period_to, each.value) for each in self.measured]
        return [
            Point(day, value, short(value, indicator.unit), dates.month(day, short=True)) for day, value in known
        ]  # fmt: skip

    def drawing(self) -> dict[str, Any] | None:
        """None while there is nothing to draw: one figure is a number, no line."""
        points, indicator = self.points(), self.agreement.indicator
        if len(points) < 2:
            return None
        day, counts = indicator.measured_on, indicator.unit != "procent" and units.highest(indicator.unit) is not None
        target = (said if counts else short)(indicator.target, indicator.unit)
        text = _("Doel %(target)s in %(month)s", target=target, month=dates.month(day))
        goal = Point(day, indicator.target, text, dates.month(day, short=True))
        inside = [each for each in self.adjusted if points[0].day <= each <= max(day, points[-1].day)]
        return drawings.line(points, goal, inside)

    def sentence(self) -> str:
        """The drawing for who does not see it."""
        unit = self.agreement.indicator.unit
        parts = [
            _("%(value)s in %(month)s", value=said(each.value, unit), month=dates.month(each.day))
            for each in self.points()
        ]
        first, between, last = parts[0], parts[1:-1], parts[-1]
        if between:
            way = ", ".join(between)
            line = _("Lijn van %(first)s, via %(between)s, naar %(last)s.", first=first, between=way, last=last)
        else:
            line = _("Lijn van %(first)s naar %(last)s.", first=first, last=last)
        return f"{line} {self.goal()}"

    def table(self) -> list[Row]:
        """The same as the drawing, and what the drawing leaves out, in the order of time."""
        indicator, contract = self.agreement.indicator, self.agreement.contract
        begin = _("niet vastgelegd") if indicator.baseline is None else said(indicator.baseline, indicator.unit)
        rows = [(contract.first_day, 0, Row(_("%(day)s, begin", day=dates.day(contract.first_day)), begin))]
        rows += [
            (each.conversation.period_to, 1, Row(
                _("%(from)s tot en met %(to)s", **self._months(each)), self.value(each), each.picture,
                each.conversation.code,
            ))
            for each in self.standings
        ]  # fmt: skip
        rows += [(day, 2, Row(dates.day(day), _("afspraak bijgesteld"), changed=True)) for day in self.adjusted]
        rows.sort(key=lambda each: each[:2])
        goal = Row(_("%(day)s, doel", day=dates.day(indicator.measured_on)), said(indicator.target, indicator.unit))
        return [*(row for _day, _order, row in rows), goal]

    def _months(self, standing: Standing) -> dict[str, str]:
        talk = standing.conversation
        return {"from": dates.month(talk.period_from), "to": dates.month(talk.period_to)}


@dataclass(frozen=True)
class Step:
    """A milestone as the clock has it. Whether it was reached stands in no record, so it is not said."""

    day: date
    text: str
    state: str  #: next, past (a conversation came after it), late (its day went by and nobody spoke about it since)
    talk: str | None  #: code of the first conversation after it


def steps(agreement: Agreement, standings: Sequence[Standing]) -> list[Step]:
    """The milestones in the order of their days."""
    found = []
    for each in sorted(agreement.milestones, key=lambda one: (one.day, one.position)):
        over = clock.end_of(each.day)
        talk = next((one.conversation.code for one in standings if one.conversation.held_at >= over), None)
        state = "past" if talk else "late" if clock.reached(over) else "next"
        found.append(Step(each.day, each.text, state, talk))
    return found


def late(action: Action) -> bool:
    """Not done, and its day went by."""
    return not action.done and clock.reached(clock.end_of(action.due))


def promises(talk: Conversation) -> list[Action]:
    """The actions of a conversation that everybody may see."""
    return [each for each in talk.actions if may(VISITOR, "view", each)]
