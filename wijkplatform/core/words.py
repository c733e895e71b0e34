"""Interface text: gettext without Flask, so that rules, command line and tests speak too.

The message ids are Dutch: the interface is written in Dutch and translated from it.
`use(locale)` sets the language for the running request, thread or task.
"""

from contextvars import ContextVar
from functools import cache
from pathlib import Path

from babel.support import LazyProxy, NullTranslations, Translations

DEFAULT = "nl"
CATALOGUES = Path(__file__).resolve().parents[2] / "translations"

_locale: ContextVar[str] = ContextVar("locale", default=DEFAULT)


@cache
def _catalogue(locale: str) -> NullTranslations:
    if locale == DEFAULT:
        return NullTranslations()
    return Translations.load(str(CATALOGUES), [locale])


@cache
def available() -> tuple[str, ...]:
    """The languages of the interface: Dutch, and every language with a compiled catalogue."""
    compiled = sorted(path.parents[1].name for path in CATALOGUES.glob("*/LC_MESSAGES/messages.mo"))
    return (DEFAULT, *compiled)


def use(locale: str) -> None:
    """Speak this language from here on; an unknown one falls back to Dutch."""
    _locale.set(locale if locale in available() else DEFAULT)


def locale() -> str:
    return _locale.get()


def gettext(message: str, /, **values: object) -> str:
    text = _catalogue(_locale.get()).gettext(message)
    return text % values if values else text


def ngettext(singular: str, plural: str, /, n: int, **values: object) -> str:
    return counted(singular, plural, n) % {"n": n, "num": n, **values}


def counted(singular: str, plural: str, n: int) -> str:
    """The form for this number, with its places still to be filled: templates fill them themselves."""
    return _catalogue(_locale.get()).ngettext(singular, plural, n)


def lazy(message: str, /) -> LazyProxy:
    """A sentence in a table: looked up when it is shown, in the reader's language."""
    return LazyProxy(gettext, message, enable_cache=False)


_ = gettext
_l = lazy
_n = ngettext
