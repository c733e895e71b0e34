"""Questions by name: a feature further left asks, features further right answer, in the order of the line.

Known questions stand in `QUESTIONS` with what the answer is; an unknown name raises, so that a typing error is not
an empty answer.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class OpenNow:
    """Something that stands open in a neighbourhood, as its page and the greeting show it."""

    stage: int  #: 1-7
    title: str  #: what one can do: 'Zeg wat er beter moet in de wijk'
    say: str  #: what is going on, for the greeting: one or two sentences
    button: str  #: the deed in a word or two
    href: str
    facts: str
    closes_at: datetime | None  #: None: open until somebody closes it
    soft: str  #: what happens with it, by when
    mine: bool  #: may this actor act here now
    weight: int = 0  #: of two things with the same end the heavier greets


@dataclass(frozen=True)
class Stage:
    """One of the seven stages: where it stands, in a sentence, and where to read on."""

    no: int
    name: str
    state: str  #: done, now, next
    sentence: str
    href: str | None


QUESTIONS = {
    "open_now": "what stands open in a neighbourhood: (neighbourhood, actor) -> list[OpenNow]",
    "stages": "how far each stage is: (neighbourhood, actor) -> list[Stage]",
    "take_over": "take one feature's part of a directory into its tables: (load) -> None",
    "write_out": "write one feature's part of a directory: (dump) -> None",
    "integrity": "sentences on what is wrong in this feature's rows: () -> list[str]",
    "due": "write down what the clock has brought, as deeds of the clock: () -> how many",
    "after_upgrade": "bring what is kept beside the tables up to this release: () -> how many were written",
    "address": "the path of a thing's own page, also where no request is: (thing) -> str | None",
}

_answers: dict[str, list[Callable[..., Any]]] = defaultdict(list)


def answer(question: str, function: Callable[..., Any]) -> None:
    """Register an answer; called in a feature's `register`, so the order is that of the line."""
    if question not in QUESTIONS:
        raise LookupError(f"no such question: {question}")
    if function not in _answers[question]:
        _answers[question].append(function)


def ask(question: str, *arguments: Any) -> Iterator[Any]:
    """Each feature's answer in turn."""
    if question not in QUESTIONS:
        raise LookupError(f"no such question: {question}")
    for function in _answers[question]:
        yield function(*arguments)


def first(question: str, *arguments: Any) -> Any:
    """The first answer that is one; None when nobody has one."""
    return next((found for found in ask(question, *arguments) if found is not None), None)


def gather(question: str, *arguments: Any) -> list[Any]:
    """All answers in one list, for questions that are answered with lists."""
    return [item for items in ask(question, *arguments) for item in items]
