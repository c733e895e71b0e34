"""One file's bytes to plain Python values: strict YAML 1.1 as docs/FORMAT.md §1 allows it.

Works from the parser's *events*, with an explicit stack: nothing is composed, so aliases cannot multiply,
deep nesting cannot exhaust the stack, and every refusal knows its line.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import yaml
from yaml import events

from wijkplatform.exchange.fields import Odd, plain_number, show

MAX_DEPTH = 20
Report = Callable[[int, str], None]

# Stands where something refused stood (an alias, a tagged value): already reported, no second complaint.
BROKEN = object()

# Raw in the file: control characters other than tab and line end, and the two non-characters YAML refuses.
_RAW_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]|\r(?!\n)")
# libyaml refuses U+FEFF inside a text, and JSON's surrogate pairs; PyYAML's own scanner reads both.
_ONLY_PYTHON = re.compile(r"\ufeff|\\u[dD][89abAB]")
_NO_YAML = (
    "Dit is geen geldige YAML. Kijk op deze regel en de regel erboven naar het inspringen, "
    "de dubbele punten en de aanhalingstekens."
)
_RESOLVERS = yaml.SafeLoader.yaml_implicit_resolvers
_TRUE = {"yes", "true", "on"}


class _Stop(Exception):
    """The rest of the file cannot be read sensibly; what is wrong has been reported."""


def plain_tag(text: str) -> str:
    """What YAML 1.1 (PyYAML's safe loader) takes an unquoted scalar for: `str`, `int`, `bool`, …"""
    for tag, pattern in _RESOLVERS.get(text[:1], ()):
        if pattern.match(text):
            return str(tag).rpartition(":")[2]
    return "str"


def plain_value(text: str) -> Any:
    """The value of an unquoted scalar."""
    tag = plain_tag(text)
    if tag == "str":
        return text
    if tag == "null":
        return None
    if tag == "bool":
        return text.lower() in _TRUE
    if tag in ("int", "float"):
        return plain_number(text)
    if tag == "timestamp" and len(text) == len("2026-05-12"):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return Odd(text)
    return Odd(text)


def decode(content: bytes, report: Report) -> str | None:
    """UTF-8 (BOM and CRLF accepted) to text; reports and gives None for anything else."""
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        report(line, "Dit bestand is geen UTF-8. Sla het op als UTF-8.")
        return None
    found = _RAW_CONTROL.search(text)
    if found:
        code = f"U+{ord(found.group()):04X}"
        report(text.count("\n", 0, found.start()) + 1, f"Hier staat een stuurteken ({code}). Haal het weg.")
        return None
    return text.replace("\r\n", "\n")


def read_yaml(content: bytes, report: Report) -> dict[Any, Any] | None:
    """The mapping at the top of a file, or None when it cannot be read; all refusals go to `report`."""
    text = decode(content, report)
    if text is None:
        return None
    python = bool(_ONLY_PYTHON.search(text)) or not yaml.__with_libyaml__
    builder = _Builder(report)
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader if python else yaml.CSafeLoader):
            builder.take(event)
        return builder.result()
    except _Stop:
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        report((mark.line if mark else 0) + 1, _NO_YAML)
    except yaml.YAMLError:
        report(1, _NO_YAML)
    return None


class _Builder:
    """Builds the tree from events. `_stack` holds the open containers, `_keys` the key each waits for."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._stack: list[tuple[dict[Any, Any] | list[Any], list[Any]]] = []
        self._documents = 0
        self._top: Any = None
        self._top_line = 1

    def take(self, event: events.Event) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, events.ScalarEvent):
            self._put(self._scalar(event, line), line)
        elif isinstance(event, events.CollectionStartEvent):
            self._open(event, line)
        elif isinstance(event, events.CollectionEndEvent):
            self._stack.pop()
        elif isinstance(event, events.AliasEvent):
            self._report(line, f"Verwijzen met *{show(event.anchor)} kan hier niet. Schrijf de inhoud voluit.")
            self._put(BROKEN, line)
        elif isinstance(event, events.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._report(line, "Hier begint een tweede document (---). Zet één document in een bestand.")
                raise _Stop

    def result(self) -> dict[Any, Any] | None:
        if isinstance(self._top, dict):
            return self._top
        if self._top is None:
            self._report(1, "Dit bestand is leeg. Zet er alle blokken in, ook als ze nog leeg zijn.")
        elif self._top is not BROKEN:
            self._report(self._top_line, "Bovenaan moeten de blokken met hun naam staan, geen lijst of losse tekst.")
        return None

    def _scalar(self, event: events.ScalarEvent, line: int) -> Any:
        if self._marked(event, line):
            return BROKEN
        if not event.implicit[0]:
            return _join_pairs(event.value)
        tag = plain_tag(event.value)
        if tag == "merge":
            self._report(line, "Samenvoegen met << kan hier niet. Schrijf de velden voluit.")
            return BROKEN
        if tag == "value":
            self._report(line, "Zet = tussen aanhalingstekens.")
            return BROKEN
        return plain_value(event.value)

    def _marked(self, event: events.ScalarEvent | events.CollectionStartEvent, line: int) -> bool:
        """Reports an anchor (the value itself is fine) and a tag (the value is not to be trusted)."""
        if event.anchor is not None:
            self._report(line, f"Een anker (&{show(event.anchor)}) kan hier niet. Haal het weg.")
        if event.tag is not None:
            self._report(line, f"Een type-aanduiding ({show(event.tag)}) kan hier niet. Haal haar weg.")
        return event.tag is not None

    def _open(self, event: events.CollectionStartEvent, line: int) -> None:
        self._marked(event, line)
        if len(self._stack) >= MAX_DEPTH:
            self._report(line, f"Dit zit te diep: hoogstens {MAX_DEPTH} lagen in elkaar.")
            raise _Stop
        container: dict[Any, Any] | list[Any] = {} if isinstance(event, events.MappingStartEvent) else []
        self._put(container, line)
        self._stack.append((container, []))

    def _put(self, value: Any, line: int) -> None:
        if not self._stack:
            self._top, self._top_line = value, line
            return
        container, waiting = self._stack[-1]
        if isinstance(container, list):
            container.append(value)
        elif waiting:
            container[waiting.pop()] = value
        else:
            waiting.append(self._key(container, value, line))

    def _key(self, container: dict[Any, Any], key: Any, line: int) -> Any:
        if isinstance(key, (dict, list)):
            self._report(line, "Een veldnaam moet gewone tekst zijn.")
            raise _Stop
        if key is BROKEN:
            return BROKEN
        if key in container:
            self._report(line, f"Het veld {show(key)} staat hier twee keer. Laat er één staan.")
            return BROKEN
        return key


def _join_pairs(text: str) -> str:
    """JSON writes a character above U+FFFF as two escapes; a lone half stays, to be refused."""
    if not any("\ud800" <= char <= "\udfff" for char in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
