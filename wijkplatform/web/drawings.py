"""The drawings of the look as plain geometry: numbers go in, numbers come out, the templates put them in an SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import cos, radians, sin
from typing import Any, Literal, Protocol

State = Literal["done", "now", "next"]

CENTRE = 200.0  # the drawing is 400 by 400
ROUND = 150.0  # stools stand on this circle
PULLED_UP = 140.0  # an open stool is drawn up to the table
RADIUS = {"done": 32, "now": 44, "next": 32}
ICON_SIZE = {"done": 26, "now": 34, "next": 26}
NAME_AT = {"done": 202.0, "now": 220.0, "next": 202.0}
TICK_AT = 180.0
TINTS = 9  #: colours of parts of a bar; the tenth begins again
ROOM_FOR_CODE, ROOM_FOR_NUMBER = 7, 4  #: percent of a bar below which words do not fit on a phone, or nowhere
ICONS = ("praat", "boek", "schaal", "brief", "loep", "afspraak", "wissel")


class Stool(Protocol):
    """What the drawing needs to know of a stage; any object with these three will do."""

    @property
    def no(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def state(self) -> str: ...


@dataclass(frozen=True)
class Stage:
    """One of the seven stages as a page shows it: in the circle and in the list of steps."""

    no: int
    name: str
    state: State
    sentence: str = ""
    href: str | None = None


def circle(stages: Sequence[Stool]) -> dict[str, Any]:
    """The round table: one stool per stage, clockwise from the top, with the walked and the coming part."""
    walked, ahead = _arcs([stage.state for stage in stages])
    return {
        "stools": [_stool(stage, index, len(stages)) for index, stage in enumerate(stages)],
        "walked": walked,
        "ahead": ahead,
    }


def _stool(stage: Stool, index: int, count: int) -> dict[str, Any]:
    state = stage.state
    x, y = _point(index, count, PULLED_UP if state == "now" else ROUND)
    name_x, name_y = _point(index, count, NAME_AT[state])
    tick_x, tick_y = _point(index, count, TICK_AT)
    half = ICON_SIZE[state] / 2
    return {
        "no": stage.no,
        "name": stage.name,
        "state": state,
        "x": _n(x),
        "y": _n(y),
        "r": RADIUS[state],
        "icon": ICONS[(stage.no - 1) % len(ICONS)],
        "icon_x": _n(x - half),
        "icon_y": _n(y - half),
        "icon_size": ICON_SIZE[state],
        "tick_x": _n(tick_x),
        "tick_y": _n(tick_y),
        "check_x": _n(tick_x - 8),
        "check_y": _n(tick_y - 8),
        "name_x": _n(name_x),
        "name_y": _n(name_y + (4 if index else 0)),
        "side": "" if index == 0 else "e" if name_x > CENTRE else "w",
    }


def _arcs(states: Sequence[str]) -> tuple[str, str]:
    """Paths of the round: walked between two stages that both began, dotted everywhere else."""
    count = len(states)
    began = [state != "next" for state in states]
    # The last stage leads back to the first; that piece is walked only when the whole round is.
    walked_step = [began[i] and began[i + 1] for i in range(count - 1)] + [all(began)]
    paths: dict[bool, list[str]] = {True: [], False: []}
    start = 0
    for index in range(count):
        if index + 1 < count and walked_step[index + 1] == walked_step[index]:
            continue
        paths[walked_step[index]].append(_arc(start, index + 1, count))
        start = index + 1
    return "".join(paths[True]), "".join(paths[False])


def _arc(first: int, last: int, count: int) -> str:
    """One piece of the round as path data, in halves so that even the full round has two different ends."""
    x0, y0 = _point(first, count, ROUND)
    xm, ym = _point((first + last) / 2, count, ROUND)
    x1, y1 = _point(last, count, ROUND)
    r = _n(ROUND)
    return f"M{_n(x0)} {_n(y0)}A{r} {r} 0 0 1 {_n(xm)} {_n(ym)}A{r} {r} 0 0 1 {_n(x1)} {_n(y1)}"


def _point(index: float, count: int, distance: float) -> tuple[float, float]:
    angle = radians(-90 + index * 360 / count)
    return CENTRE + distance * cos(angle), CENTRE + distance * sin(angle)


def bars(
    parts: Sequence[tuple[str, ...]], rows: Sequence[tuple[str, str, Sequence[Decimal | Fraction | int]]], total: Any
) -> dict[str, Any]:
    """Bars of one length in parts, below each other: what each row divides over the same parts.

    `parts`: code, title and, where it means something, colour of each; `rows`: name, a line beside it, and one value per part; `total`: the whole length.
    """
    keys = [
        {"code": code, "title": title, "tint": next(iter(tint), f"k{no % TINTS + 1}")}
        for no, (code, title, *tint) in enumerate(parts)
    ]
    return {"keys": keys, "rows": [_bar(keys, row, Fraction(total)) for row in rows]}


def _bar(
    keys: Sequence[dict[str, str]], row: tuple[str, str, Sequence[Decimal | Fraction | int]], total: Fraction
) -> dict[str, Any]:
    name, note, values = row
    drawn, start = [], Fraction(0)
    for key, value in zip(keys, values, strict=True):
        width = Fraction(value) * 100 / total if total else Fraction(0)
        if width > 0:
            drawn.append(
                {
                    **key, "value": value, "x": _percent(start), "width": _percent(width),
                    "middle": _percent(start + width / 2), "tight": width < ROOM_FOR_CODE,
                    "bare": width < ROOM_FOR_NUMBER,
                }
            )  # fmt: skip
        start += width
    return {"name": name, "note": note, "parts": drawn}


def _percent(value: Fraction) -> str:
    return f"{float(value):.2f}".rstrip("0").rstrip(".") + "%"


def _n(value: float) -> str:
    """One decimal is finer than a screen; a whole number needs none."""
    return f"{value:.1f}".removesuffix(".0")


# A figure through time, with where it should go.

WIDTH, LEFT, RIGHT = 340.0, 12.0, 328.0  # the drawing is 340 wide and 236 high
CEILING, FLOOR = 57.0, 200.0  # the highest and the lowest value
BELOW, ABOVE = 29.0, 18.0  # how far the words of a point stand from it
LETTER = 9.6  # width of a letter, on average
EVENT_TEXT = 104.0  # room for 'bijgesteld'


@dataclass(frozen=True)
class Point:
    """A value on a day, and how both are written in the drawing."""

    day: date
    value: Decimal
    said: str
    when: str


def line(measured: Sequence[Point], goal: Point, events: Sequence[date] = ()) -> dict[str, Any]:
    """The course of a figure from its first point to the goal; time runs evenly, and the floor is zero or the lowest."""
    across, up = _scales([*measured, goal], events)
    goal_y = up(goal.value)
    dots = [_dot(across(each.day), up(each.value), goal_y, each.said) for each in measured]
    if dots:
        dots[-1]["r"] = 9
    return {
        "path": "M" + "L".join(f"{each['x']} {each['y']}" for each in dots) if len(dots) > 1 else "",
        "dots": dots,
        "floor": _n(FLOOR),
        "half": _n((CEILING + FLOOR) / 2),
        "goal_y": _n(goal_y),
        "goal_text_y": _n(_beside_goal(goal_y, [up(each.value) for each in measured])),
        "goal": goal.said,
        "events": _events([across(day) for day in events], dots),
        "days": _days([(across(each.day), each.when) for each in measured], (across(goal.day), goal.when)),
    }


def _scales(points: Sequence[Point], events: Sequence[date]) -> tuple[Any, Any]:
    """From a day to a place across, and from a value to a height."""
    days = [*(each.day for each in points), *events]
    first, long = min(days), max((max(days) - min(days)).days, 1)
    lowest = min(Decimal(0), *(each.value for each in points))
    high = max(Decimal(0), *(each.value for each in points)) - lowest or Decimal(1)

    def across(day: date) -> float:
        return LEFT + (day - first).days / long * (RIGHT - LEFT)

    def up(value: Decimal) -> float:
        return FLOOR - float((value - lowest) / high) * (FLOOR - CEILING)

    return across, up


def _dot(x: float, y: float, goal_y: float, said: str) -> dict[str, Any]:
    """A point with its words on the side that is free: away from the goal, and inside the drawing."""
    below = y + BELOW < FLOOR if goal_y <= y else y - ABOVE < 20
    side = "start" if x < RIGHT - len(said) * LETTER else "end"
    return {
        "x": _n(x), "y": _n(y), "r": 7, "said": said, "side": side,
        "text_x": _n(max(x - 8, 0) if x < 40 else x + 4 if side == "start" else x + 8),
        "text_y": _n(y + BELOW if below else y - ABOVE),
    }  # fmt: skip


def _beside_goal(goal_y: float, heights: Sequence[float]) -> float:
    """The words of the goal stand on the far side of its line, seen from what was measured."""
    comes_down = bool(heights) and heights[0] < goal_y
    return goal_y + 24 if comes_down and goal_y + 24 < FLOOR - 4 else goal_y - 11


def _events(places: Sequence[float], dots: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Days on which something was changed; the word is left out where it would cover another one."""
    found, taken = [], [(float(each["text_x"]), float(each["text_y"])) for each in dots]
    for x in places:
        start = x + 6 if x + EVENT_TEXT < WIDTH else x - EVENT_TEXT
        free = all(abs(y - (FLOOR - 8)) > 22 or not start - 50 < at < start + EVENT_TEXT for at, y in taken)
        found.append({"x": _n(x), "text_x": _n(start), "text_y": _n(FLOOR - 8), "text": free})
        taken.append((start, FLOOR - 8))
    return found


def _days(measured: Sequence[tuple[float, str]], goal: tuple[float, str]) -> list[dict[str, Any]]:
    """Days under the drawing: the first, the goal, the newest, and of the others what fits between."""
    in_turn = [*measured[:1], goal, *reversed(measured[1:])]
    found: list[dict[str, Any]] = []
    taken: list[tuple[float, float]] = []
    for x, when in in_turn:
        wide = len(when) * LETTER
        side = "start" if x - wide / 2 < 0 else "end" if x + wide / 2 > WIDTH else "middle"
        at = {"start": 0.0, "end": WIDTH, "middle": x}[side]
        start = at - {"start": 0.0, "end": wide, "middle": wide / 2}[side]
        if all(start > end + 6 or start + wide < begin - 6 for begin, end in taken):
            taken.append((start, start + wide))
            found.append({"x": _n(at), "side": side, "when": when})
    return found
