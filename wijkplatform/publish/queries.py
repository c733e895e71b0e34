"""A list of a neighbourhood as a file, and how many rows each list has."""

import hashlib
from dataclasses import dataclass
from typing import Any

from wijkplatform.core import trail
from wijkplatform.places import queries as places
from wijkplatform.publish.formats import as_csv, as_json
from wijkplatform.publish.lists import LISTS
from wijkplatform.publish.models import Asked

LICENCE = "CC BY 4.0"
LICENCE_AT = "https://creativecommons.org/licenses/by/4.0/deed.nl"
MEDIA = {"csv": "text/csv", "json": "application/json"}


@dataclass(frozen=True)
class File:
    content: bytes
    media: str
    mark: str  #: of the content, for whoever asks whether it changed


def asked(slug: str, name: str) -> Asked | None:
    """What 'punten.csv' asks of a neighbourhood; nothing for a list or a form that is not there."""
    neighbourhood = places.open_by_slug(slug)
    list_, _dot, form = name.partition(".")
    if neighbourhood is None or list_ not in LISTS or form not in MEDIA:
        return None
    return Asked(neighbourhood, LISTS[list_], form)


def file(wanted: Asked) -> File:
    """The rows as they are now, as a visitor may see them, whoever asks."""
    columns, found = list(wanted.list.columns), wanted.list.rows(wanted.neighbourhood.id)
    content = as_csv(columns, found) if wanted.form == "csv" else as_json(columns, found, _about(wanted))
    return File(content, MEDIA[wanted.form], hashlib.sha256(content).hexdigest()[:32])


def _about(wanted: Asked) -> dict[str, Any]:
    number, mark = trail.head()
    return {
        "wijk": wanted.neighbourhood.name,
        "lijst": wanted.list.name,
        "licentie": LICENCE,
        "licentie_adres": LICENCE_AT,
        "keten": {"nummer": number, "kenmerk": mark},
        "kolommen": {column: str(words) for column, words in wanted.list.columns.items()},
    }
