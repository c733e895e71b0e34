"""Where somebody goes after logging in: an own path, in every spelling a browser may read differently from us."""

import unicodedata
from contextlib import AbstractContextManager, nullcontext
from typing import Any
from urllib.parse import unquote

from flask import current_app, has_request_context

HOME = "/"
LONGEST = 500
ROUNDS = 4  #: how many layers of percent signs are looked through


def own_path(raw: str | None, *, door_too: bool = False) -> str:
    """The path when it can only lead to this site, else the home page; to the login pages only if `door_too`."""
    return raw if raw and is_own(raw, door_too=door_too) else HOME


def is_own(raw: str, *, door_too: bool = False) -> bool:
    """Does every reading of this address stay here, and does it lead somewhere else than to logging in?"""
    if len(raw) > LONGEST or not raw.startswith("/") or not _clean(raw):
        return False
    reading = raw.partition("?")[0].partition("#")[0]
    for _round in range(ROUNDS):
        if not _stays_here(reading):
            return False
        plainer = unicodedata.normalize("NFKC", unquote(reading, errors="replace"))
        if plainer == reading:
            return door_too or not reading.startswith(("/inloggen", "/uitloggen", "/demo/inloggen"))
        reading = plainer
    return False


def _clean(reading: str) -> bool:
    """No backslash, space, control or invisible character: browsers drop or turn some of them."""
    strange = ("Cc", "Cf", "Cs", "Zl", "Zp", "Zs")
    return "\\" not in reading and all(unicodedata.category(each) not in strange for each in reading)


def _stays_here(path: str) -> bool:
    """One slash to begin with, never two together, and no way up."""
    return (
        path.startswith("/")
        and _clean(path)
        and "//" not in path
        and not any(part in (".", "..") for part in path.split("/"))
    )


def addressing() -> AbstractContextManager[Any]:
    """Where the rules of the pages make addresses: the running request, or a bare one for the command line."""
    return nullcontext() if has_request_context() else current_app.test_request_context()
