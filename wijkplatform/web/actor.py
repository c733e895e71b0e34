"""The actor of the running request. Who that person is today is asked once, of whoever registered `load_with`."""

from collections.abc import Callable

from flask import g
from flask_login import current_user

from wijkplatform.core.actor import VISITOR, Actor

_load: list[Callable[[int | None], Actor]] = []


def load_with(function: Callable[[int | None], Actor]) -> None:
    """Register how a person becomes an actor with hats; done by the feature that knows mandates."""
    _load[:] = [function]


def current() -> Actor:
    """Frozen for this request; mandates are read anew at the next one."""
    if "actor" not in g:
        g.actor = _load[0](int(current_user.get_id())) if current_user.is_authenticated else VISITOR
    return g.actor  # type: ignore[no-any-return]
