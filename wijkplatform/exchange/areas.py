"""Reading areas of Statistics Netherlands (CBS): lists as CSV, outlines as GeoJSON. Wrong files are refused whole.

The level follows from the columns, the year from a column `jaar` or from the file's name. Codes are text: letters
occur (WK0363AA). Years stay apart, because borders move.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wijkplatform.core.characters import fault_in_name, normal
from wijkplatform.core.errors import Refused
from wijkplatform.core.words import _
from wijkplatform.places import slugs

#: Level of an area -> column of its code, column of its name, shape of its code.
LEVELS = {
    "neighbourhood": ("buurtcode", "buurtnaam", r"BU\d{4}[0-9A-Z]{4}"),
    "district": ("wijkcode", "wijknaam", r"WK\d{4}[0-9A-Z]{2}"),
    "municipality": ("gemeentecode", "gemeentenaam", r"GM\d{4}"),
}
MUNICIPALITY, DISTRICT = re.compile(LEVELS["municipality"][2]), re.compile(LEVELS["district"][2])
LONGEST = 200
GARBLED = re.compile("[£ƒ‚ˆ‰‹¢¤]")
SMALLEST_RING = 4  #: points, the first again as the last: a triangle
EXPECTED = (
    "gemeentecode, gemeentenaam",
    "wijkcode, wijknaam, gemeentecode, gemeentenaam",
    "buurtcode, buurtnaam, wijkcode, gemeentecode, gemeentenaam",
)

Fields = Mapping[str, Any]


@dataclass(frozen=True)
class Areas:
    """What a file holds: all of it was read and found good before the first row comes out."""

    level: str
    years: tuple[int, ...]
    found: list[dict[str, Any]]

    @property
    def total(self) -> int:
        return len(self.found)

    def rows(self) -> Iterator[dict[str, Any]]:
        """The rows, as `places.service.take_cbs_areas` takes them; one by one, so that progress shows."""
        yield from self.found


def read(path: Path) -> Areas:
    """All areas in a file; raises `Refused` with a sentence that says what is wrong and where."""
    if not path.is_file():
        raise Refused(_("Het bestand %(path)s bestaat niet.", path=path))
    outlines = path.suffix.lower() in (".geojson", ".json")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(_("%(file)s is geen UTF-8. Sla het bestand op als UTF-8.", file=path.name)) from None
    lines = list(_features(path.name, text) if outlines else _lines(path.name, text))
    if not lines:
        raise Refused(_("In %(file)s staat geen enkel gebied.", file=path.name))
    level = _level(path.name, lines[0][1])
    reader = _Reader(path.name, level)
    found = [reader.row(place, fields) for place, fields in lines]
    return Areas(level, tuple(sorted({row["year"] for row in found})), found)


def _lines(file: str, text: str) -> Iterator[tuple[str, Fields]]:
    """The lines of a CSV file with where they stand; the header decides which columns there are."""
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        columns = list(reader.fieldnames or ())
        _level(file, dict.fromkeys(columns))
        if len(set(columns)) < len(columns):
            raise Refused(_("%(file)s heeft twee kolommen met dezelfde naam.", file=file))
        for fields in reader:
            place = _("regel %(number)s", number=reader.line_num)
            if None in fields or None in fields.values():
                raise Refused(
                    _("%(file)s, %(place)s: het aantal kolommen is anders dan in de kopregel.", file=file, place=place)
                )
            yield place, fields
    except csv.Error as problem:
        place = _("regel %(number)s", number=reader.line_num)
        raise Refused(
            _("%(file)s, %(place)s is geen CSV: %(problem)s.", file=file, place=place, problem=problem)
        ) from None


def _features(file: str, text: str) -> Iterator[tuple[str, Fields]]:
    """The features of a GeoJSON file: their properties, with the outline under its own name."""
    try:
        collection = json.loads(text)
    except ValueError:
        raise Refused(_("%(file)s is geen GeoJSON.", file=file)) from None
    except RecursionError:
        raise Refused(_("%(file)s is geen GeoJSON: de inhoud is te diep genest.", file=file)) from None
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list) or collection.get("type") != "FeatureCollection":
        raise Refused(_("%(file)s is geen GeoJSON met een FeatureCollection.", file=file))
    for number, feature in enumerate(features, 1):
        place = _("gebied %(number)s", number=number)
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(properties, dict):
            raise Refused(_("%(file)s, %(place)s heeft geen eigenschappen (properties).", file=file, place=place))
        yield place, {**properties, "outline": _outline(file, place, feature.get("geometry"))}


def _outline(file: str, place: str, geometry: Any) -> dict[str, Any] | None:
    """A polygon in degrees; anything else is refused, also metres of the Dutch grid.

    Simplified outlines hold rings that shrank to a point or a line: those are left out. None if nothing remains.
    """
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise Refused(_("%(file)s, %(place)s heeft geen omtrek (Polygon of MultiPolygon).", file=file, place=place))
    polygons = geometry.get("coordinates") if kind == "MultiPolygon" else [geometry.get("coordinates")]
    if not isinstance(polygons, list) or not all(_is_polygon(each) for each in polygons):
        raise Refused(
            _(
                "%(file)s, %(place)s: de omtrek klopt niet. Gebruik graden (WGS84), lengte voor breedte.",
                file=file, place=place,
            )
        )  # fmt: skip
    whole = [[ring for ring in each if len(ring) >= SMALLEST_RING] for each in polygons if _has_size(each)]
    if not whole:
        return None
    return {"type": kind, "coordinates": whole if kind == "MultiPolygon" else whole[0]}


def _has_size(polygon: list[Any]) -> bool:
    """Its outer ring is more than a point or a line."""
    return len(polygon[0]) >= SMALLEST_RING


def _is_polygon(polygon: Any) -> bool:
    return isinstance(polygon, list) and bool(polygon) and all(_is_ring(ring) for ring in polygon)


def _is_ring(ring: Any) -> bool:
    return isinstance(ring, list) and bool(ring) and all(_is_point(point) for point in ring) and ring[0] == ring[-1]


def _is_point(point: Any) -> bool:
    return (
        isinstance(point, list)
        and len(point) in (2, 3)
        and all(isinstance(each, int | float) and not isinstance(each, bool) for each in point)
        and -180 <= point[0] <= 180
        and -90 <= point[1] <= 90
    )


def _level(file: str, fields: Fields) -> str:
    """The smallest kind of area of which the columns are there, with all that belongs to it."""
    level = next((level for level, (code, _name, _shape) in LEVELS.items() if code in fields), None)
    needed = {"gemeentecode", "gemeentenaam", *(LEVELS[level][:2] if level else ())}
    if level == "neighbourhood":
        needed.add("wijkcode")
    if level is None or not needed <= set(fields):
        raise Refused(
            _(
                "%(file)s heeft andere kolommen dan verwacht. Verwacht: %(first)s; of %(second)s; of %(third)s.",
                file=file, first=EXPECTED[0], second=EXPECTED[1], third=EXPECTED[2],
            )
        )  # fmt: skip
    return level


class _Reader:
    """From the fields of one area to its row. Remembers which codes it saw."""

    def __init__(self, file: str, level: str):
        self.file = file
        self.level = level
        self.code_column, self.name_column, shape = LEVELS[level]
        self.shape = re.compile(shape)
        self.years = {int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", file)}
        self.seen: set[tuple[int, str]] = set()

    def row(self, place: str, fields: Fields) -> dict[str, Any]:
        code = self._code(place, fields, self.code_column, self.shape)
        town = self._code(place, fields, "gemeentecode", MUNICIPALITY)
        district = self._code(place, fields, "wijkcode", DISTRICT) if self.level == "neighbourhood" else None
        if not code[2:].startswith(town[2:]) or (district and not code[2:].startswith(district[2:])):
            sentence = _("%(code)s ligt volgens zijn code niet in %(around)s.", code=code, around=district or town)
            raise self._refused(place, sentence)
        year = self._year(place, fields)
        if (year, code) in self.seen:
            raise self._refused(place, _("%(code)s staat er twee keer in.", code=code))
        self.seen.add((year, code))
        name, town_name = self._name(place, fields, self.name_column), self._name(place, fields, "gemeentenaam")
        if not name:
            raise self._refused(place, _("%(code)s heeft geen naam.", code=code))
        return {
            "year": year, "level": self.level, "code": code, "name": name, "municipality_code": town,
            "municipality_name": town_name or None, "district_code": district,
            "sought": sought(name, town_name), "outline": fields.get("outline"),
        }  # fmt: skip

    def _refused(self, place: str, sentence: str) -> Refused:
        return Refused(f"{self.file}, {place}: {sentence}")

    def _code(self, place: str, fields: Fields, column: str, shape: re.Pattern[str]) -> str:
        code = fields.get(column)
        if not isinstance(code, str) or not shape.fullmatch(code):
            raise self._refused(place, _("‘%(code)s’ is geen %(column)s.", code=str(code)[:20], column=column))
        return code

    def _name(self, place: str, fields: Fields, column: str) -> str:
        given = fields.get(column)
        name = normal(given).strip() if isinstance(given, str) else "" if given is None else None
        if name is None or len(name) > LONGEST or fault_in_name(name):
            raise self._refused(place, _("in %(column)s staat geen gewone naam.", column=column))
        return mended(name)

    def _year(self, place: str, fields: Fields) -> int:
        given = fields.get("jaar")
        if given is not None:
            if not re.fullmatch(r"(?:19|20)\d\d", str(given)):
                raise self._refused(place, _("‘%(year)s’ is geen jaar.", year=str(given)[:20]))
            return int(given)
        if len(self.years) != 1:
            raise Refused(
                _("Van welk jaar %(file)s is, staat nergens. Zet één jaartal in de naam, zoals wijken_2014.csv, "
                  "of voeg een kolom jaar toe.", file=self.file)
            )  # fmt: skip
        return next(iter(self.years))


def mended(name: str) -> str:
    """Published lists hold names whose accents were read in the wrong code page: 'S£dwest Fryslƒn' is Súdwest Fryslân.

    Only signs that no Dutch name has are turned back, and only when letters come out.
    """
    if not GARBLED.search(name):
        return name
    return GARBLED.sub(lambda sign: _turned_back(sign[0]), name)


def _turned_back(sign: str) -> str:
    letter = sign.encode("cp1252").decode("cp850")
    return letter if letter.isalpha() else sign


def sought(name: str, town: str | None) -> str:
    """What a search looks in: each word of the name and the municipality after a space, in plain letters."""
    return f" {slugs.plain(name)} {slugs.plain(town or '')}".rstrip()
