"""Reading a whole neighbourhood: sixteen files in, checked data out — or every refusal at once.

Two rounds: reading and shape of all files; only when that is clean, references, rules and what is computed.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from wijkplatform.exchange import computed, rules
from wijkplatform.exchange.reading import read_yaml
from wijkplatform.exchange.schema import Place
from wijkplatform.exchange.shape import check
from wijkplatform.exchange.tables import FILES
from wijkplatform.exchange.world import Findings, World

MAX_BYTES = 20_000_000
MAX_ERRORS = 20
MAP = "map"  # the name of the directory itself in an error

Data = dict[str, dict[str, Any]]


class Error(NamedTuple):
    """One refusal or notice: in which file, at which place, and the Dutch sentence."""

    file: str
    place: str
    sentence: str


@dataclass(frozen=True)
class Directory:
    """A neighbourhood that obeys the format: file name → block → data, and what is worth seeing in it."""

    data: Data
    notices: list[Error] = field(default_factory=list)


class Refused(Exception):
    """The directory is refused. `errors` is complete and in order of file; `lines()` is what to print."""

    def __init__(self, errors: list[Error]) -> None:
        super().__init__(f"{len(errors)} fouten")
        self.errors = errors

    def lines(self) -> list[str]:
        """At most twenty lines per file, then how many more there are."""
        result = []
        for file in (MAP, *FILES):
            found = [error for error in self.errors if error.file == file]
            result += [format_error(error) for error in found[:MAX_ERRORS]]
            more = len(found) - MAX_ERRORS
            if more > 0:
                result.append(f"… en nog {more} {'fout' if more == 1 else 'fouten'}.")
        return result


def format_error(error: Error) -> str:
    return f"{error.file}: {error.place}: {error.sentence}"


def read(path: str | os.PathLike[str]) -> Directory:
    """The neighbourhood in a directory; raises Refused with everything that is wrong."""
    errors: list[Error] = []
    found = _files(Path(path), errors)
    raw: dict[str, Any] = {}
    for name, content in found.items():
        raw[name] = read_yaml(content, _by_line(name, errors))
    return _checked(raw, errors)


def read_mapping(data: Mapping[str, Any]) -> Directory:
    """The same for data in memory: file name → mapping. Dates, times and moments may be values or text."""
    errors = [Error(MAP, name, "Dit bestand ontbreekt.") for name in FILES if name not in data]
    errors += [Error(MAP, str(name), "Dit bestand hoort niet bij het formaat.") for name in data if name not in FILES]
    return _checked({name: data[name] for name in FILES if name in data}, errors)


def _by_line(file: str, errors: list[Error]) -> Callable[[int, str], None]:
    return lambda line, sentence: errors.append(Error(file, f"regel {line}", sentence))


def _by_place(file: str, errors: list[Error]) -> Callable[[Place, str], None]:
    return lambda place, sentence: errors.append(Error(file, str(place), sentence))


def _files(path: Path, errors: list[Error]) -> dict[str, bytes]:
    """The contents of the files that belong here, after their sizes were measured."""
    try:
        names = sorted(os.listdir(path))
    except OSError:
        raise Refused([Error(MAP, str(path), "Deze map bestaat niet of is niet te lezen.")]) from None
    sizes = {name: size for name in names if name.endswith((".yaml", ".yml")) if (size := _size(path / name)) >= 0}
    for name in FILES:
        if name not in sizes:
            errors.append(Error(MAP, name, "Dit bestand ontbreekt."))
    for name in sizes:
        if name not in FILES:
            errors.append(Error(MAP, Place().field(name).path, "Dit bestand hoort niet bij het formaat. Haal het weg."))
    total = sum(size for name, size in sizes.items() if name.endswith(".yaml"))
    if total > MAX_BYTES:
        text = f"De bestanden zijn samen {total} bytes. Maak ze samen niet groter dan {MAX_BYTES} bytes."
        raise Refused([*errors, Error(MAP, "grootte", text)])
    return _contents(path, [name for name in FILES if name in sizes], errors)


def _size(path: Path) -> int:
    """Bytes of a regular file; -1 for a folder or something else that is no file."""
    try:
        found = path.stat()
    except OSError:
        return -1
    return found.st_size if stat.S_ISREG(found.st_mode) else -1


def _contents(path: Path, names: list[str], errors: list[Error]) -> dict[str, bytes]:
    result = {}
    for name in names:
        try:
            with (path / name).open("rb") as file:
                result[name] = file.read(MAX_BYTES + 1)  # never more, whatever happens to the file meanwhile
        except OSError:
            errors.append(Error(MAP, name, "Dit bestand is niet te lezen."))
    return result


def _checked(raw: Mapping[str, Any], errors: list[Error]) -> Directory:
    data: Data = {}
    for name, kind in FILES.items():
        if raw.get(name) is not None:
            data[name] = check(kind, raw[name], Place(), _by_place(name, errors))
        elif name in raw and not any(error.file == name for error in errors):
            errors.append(Error(name, "inhoud", "Dit bestand is leeg."))
    if errors:
        raise Refused(_in_order(errors))
    world, findings = World(data), Findings()
    rules.check(world, findings)
    computed.compare(world, findings)
    if findings.errors:
        raise Refused(_in_order([Error(*found) for found in findings.errors]))
    _without_defaults(data)
    return Directory(data, _in_order([Error(*found) for found in findings.notices]))


def _without_defaults(data: Data) -> None:
    """An older title that is the title of now says nothing: absent means 'as now'."""
    for name, block in (("04_wijkplan.yaml", "secties"), ("06_uitvraag.yaml", "artikelen")):
        for item in data[name][block] or ():
            for entry in item.get("versie_teksten", ()):
                if entry.get("titel") == item["titel"]:
                    del entry["titel"]


def _in_order(errors: list[Error]) -> list[Error]:
    place = {name: number for number, name in enumerate((MAP, *FILES))}
    return sorted(errors, key=lambda error: place[error.file])
