"""What can stand in the way of a deed. Each carries a sentence that a resident understands."""

from dataclasses import dataclass
from typing import Any


class Problem(Exception):
    """A refusal with a sentence; never shown as a bare status code."""

    def __init__(self, sentence: object):
        super().__init__(str(sentence))
        self.sentence = sentence


class Refused(Problem):
    """The policy or the state says no."""


class NotThere(Problem):
    """Not there, or not yours to see: the two look the same."""


class Invalid(Problem):
    """What was typed cannot be kept as it is; `field` says where."""

    def __init__(self, field: str, sentence: object):
        super().__init__(sentence)
        self.field = field


class TooMany(Problem):
    """A limit was reached; `seconds` tells when it is worth trying again."""

    def __init__(self, sentence: object, seconds: int):
        super().__init__(sentence)
        self.seconds = seconds


@dataclass
class Stale(Exception):
    """Somebody else saved first and the two cannot be joined safely; both texts travel with it."""

    base: object
    theirs: object
    mine: str
    hunks: list[Any]
