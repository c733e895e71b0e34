"""A device in words that its owner recognises. Only these words are kept, never what the browser sent."""

import re

from wijkplatform.core.words import _

BROWSERS = (
    ("Edge", r"Edg(e|A|iOS)?/"), ("Opera", r"OPR/|Opera"), ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"), ("Chrome", r"Chrome/|CriOS/|Chromium/"), ("Safari", r"Safari/"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", r"iPhone"), ("iPad", r"iPad"), ("Android", r"Android"), ("Windows", r"Windows"),
    ("Mac", r"Macintosh"), ("Chromebook", r"CrOS"), ("Linux", r"Linux"),
)  # fmt: skip


def known(user_agent: str) -> str:
    """Browser and system as they are kept: 'Firefox/Android', with nothing for what is unknown."""
    return f"{_first(BROWSERS, user_agent)}/{_first(SYSTEMS, user_agent)}"


def in_words(kept: str) -> str:
    """'Firefox op Android'."""
    browser, _slash, system = kept.partition("/")
    if browser and system:
        return _("%(browser)s op %(system)s", browser=browser, system=system)
    return browser or system or _("Onbekend apparaat")


def _first(table: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for name, sign in table if re.search(sign, user_agent)), "")
