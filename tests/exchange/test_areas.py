"""Areas of Statistics Netherlands: lists and outlines read whole or refused whole, and taken in quickly."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from wijkplatform.core import db as database
from wijkplatform.core import trail
from wijkplatform.core.db import Base, db
from wijkplatform.core.errors import Refused
from wijkplatform.exchange import areas
from wijkplatform.places import queries
from wijkplatform.places.models import CbsArea
from wijkplatform.places.service import take_cbs_areas

HEAD = "wijkcode,wijknaam,gemeentecode,gemeentenaam"
SQUARE = [[4.0, 52.0], [4.1, 52.0], [4.1, 52.1], [4.0, 52.0]]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[None]:
    app = Flask("wijkplatform")
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{tmp_path}/areas.sqlite3"
    database.init(app)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        yield
        db.session.remove()
        db.engine.dispose()


Written = Callable[..., Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Writes a file of these lines, or of one GeoJSON with these features."""

    def write(*lines: str, name: str = "wijken_2014.csv", encoding: str = "utf-8", features: Any = None) -> Path:
        text = "\n".join(lines) if features is None else json.dumps({"type": "FeatureCollection", "features": features})
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write


def feature(coordinates: Any = None, kind: str = "Polygon", **properties: str) -> dict[str, Any]:
    here = {"wijkcode": "WK008030", "wijknaam": "Wijk 30", "gemeentecode": "GM0080", "gemeentenaam": "Leeuwarden"}
    geometry = {"type": kind, "coordinates": [SQUARE] if coordinates is None else coordinates}
    return {"type": "Feature", "properties": here | properties, "geometry": geometry}


def test_districts_with_letters_marks_and_a_municipality_without_a_name(written: Written) -> None:
    found = areas.read(
        written(
            "\ufeff" + HEAD + ",lon,lat",
            "WK0363AA,Burgwallen-Oude Zijde,GM0363,Amsterdam,4.9,52.4",
            "WK008030,Wijk 30 Oldegalileën & Bloemenbuurt,GM0080,Leeuwarden,5.8,53.2",
            "WK190042,'t Zand Súd,GM1900,,5.6,53.0",
        )
    )
    assert (found.level, found.years, found.total) == ("district", (2014,), 3)
    first, second, third = found.rows()
    assert (first["code"], first["municipality_code"], first["district_code"]) == ("WK0363AA", "GM0363", None)
    assert second["sought"] == " wijk 30 oldegalileen bloemenbuurt leeuwarden"
    assert (third["name"], third["municipality_name"], third["sought"]) == ("'t Zand Súd", None, " t zand sud")


def test_neighbourhoods_know_their_district_and_a_column_tells_the_year(written: Written) -> None:
    path = written(
        "jaar,buurtcode,buurtnaam,wijkcode,gemeentecode,gemeentenaam",
        "2020,BU0363AA01,Hemelrijk,WK0363AA,GM0363,Amsterdam",
        "2021,BU0363AA01,Hemelrijk,WK0363AA,GM0363,Amsterdam",
        name="buurten.csv",
    )
    found = areas.read(path)
    assert (found.level, found.years) == ("neighbourhood", (2020, 2021))
    assert {row["district_code"] for row in found.rows()} == {"WK0363AA"}


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["code,soort,gemeentecode,gemeentenaam_2022", "WK168000,WK,GM1680,A"], "andere kolommen.*buurtnaam"),
        (["# Een verhaal", "Met, komma's"], "andere kolommen dan verwacht"),
        ([""], "andere kolommen dan verwacht"),
        ([HEAD], "geen enkel gebied"),
        ([HEAD + ",wijknaam", "WK000300,A,GM0003,B,C"], "twee kolommen met dezelfde naam"),
        ([HEAD, "WK000300,Wijk 00,GM0003"], "regel 2: het aantal kolommen"),
        ([HEAD, "WK000300,Wijk 00,GM0003,A,B"], "regel 2: het aantal kolommen"),
        ([HEAD, "WK000300,Wijk 00,GM0003,A", "300,Wijk 01,GM0003,A"], "regel 3: ‘300’ is geen wijkcode"),
        ([HEAD, "WK000300,Wijk 00,3,A"], "‘3’ is geen gemeentecode"),
        ([HEAD, "WK000300,Wijk 00,GM0005,A"], "ligt volgens zijn code niet in GM0005"),
        ([HEAD, "WK000300,Wijk 00,GM0003,A", "WK000300,Wijk 00,GM0003,A"], "WK000300 staat er twee keer in"),
        ([HEAD, "WK000300,,GM0003,A"], "WK000300 heeft geen naam"),
        ([HEAD, "WK000300,Wijk\u202e00,GM0003,A"], "in wijknaam staat geen gewone naam"),
        ([HEAD, f"WK000300,{'x' * 201},GM0003,A"], "in wijknaam staat geen gewone naam"),
        ([HEAD, 'WK000300,"Wijk"00,GM0003,A'], "is geen CSV"),
        (["jaar," + HEAD, "2014.0,WK000300,Wijk 00,GM0003,A"], "‘2014.0’ is geen jaar"),
    ],
)  # fmt: skip
def test_a_wrong_list_is_refused_with_a_sentence(lines: list[str], sentence: str, written: Written) -> None:
    with pytest.raises(Refused, match=sentence):
        areas.read(written(*lines))


@pytest.mark.parametrize("name", ["wijken.csv", "wijken_2014_2015.csv", "wijken_120145.csv"])
def test_a_year_is_never_guessed(name: str, written: Written) -> None:
    with pytest.raises(Refused, match=r"Van welk jaar .* is, staat nergens"):
        areas.read(written(HEAD, "WK000300,Wijk 00,GM0003,A", name=name))


def test_files_that_are_not_there_or_not_utf_8_are_refused(written: Written, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="bestaat niet"):
        areas.read(tmp_path / "weg_2014.csv")
    with pytest.raises(Refused, match="geen UTF-8"):
        areas.read(written(HEAD, "WK000300,Súd,GM0003,A", encoding="latin-1"))


def test_outlines_keep_their_rings_without_what_shrank_to_a_point(written: Written) -> None:
    point = [[4.4, 51.8], [4.4, 51.8]]
    path = written(
        name="wijken_2014.geojson",
        features=[
            feature([SQUARE, point]),
            feature([[point], [SQUARE]], "MultiPolygon", wijkcode="WK008031"),
            feature([point], wijkcode="WK008032"),
        ],
    )
    outlines = [row["outline"] for row in areas.read(path).rows()]
    assert outlines == [
        {"type": "Polygon", "coordinates": [SQUARE]},
        {"type": "MultiPolygon", "coordinates": [[SQUARE]]},
        None,
    ]


@pytest.mark.parametrize(
    ("features", "sentence"),
    [
        ([feature([[[155000, 463000]] * 4])], "gebied 1: de omtrek klopt niet. Gebruik graden"),
        ([feature([SQUARE[:3]])], "de omtrek klopt niet"),
        ([feature([])], "de omtrek klopt niet"),
        ([feature([[["4", "52"]] * 4])], "de omtrek klopt niet"),
        ([feature(), {"type": "Feature", "properties": {}, "geometry": None}], "gebied 2 heeft geen omtrek"),
        ([{"type": "Feature", "geometry": None}], "gebied 1 heeft geen eigenschappen"),
        ([feature(), feature()], "WK008030 staat er twee keer in"),
        ([feature(wijkcode=8030)], "‘8030’ is geen wijkcode"),
        ({}, "geen GeoJSON met een FeatureCollection"),
        ([], "geen enkel gebied"),
    ],
)
def test_wrong_outlines_are_refused_with_a_sentence(features: Any, sentence: str, written: Written) -> None:
    with pytest.raises(Refused, match=sentence):
        areas.read(written(name="wijken_2014.geojson", features=features))


@pytest.mark.parametrize("text", ["{", "[" * 100_000, '"wijken"', "[1]"])
def test_json_that_is_something_else_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "wijken_2014.geojson"
    path.write_text(text)
    with pytest.raises(Refused, match="is geen GeoJSON"):
        areas.read(path)


def test_a_list_after_a_map_leaves_the_outline_and_another_year_stands_beside_it(store: None, written: Written) -> None:
    take_cbs_areas(areas.read(written(name="wijken_2014.geojson", features=[feature()])).rows())
    again = "WK008030,Wijk 30 Nieuw,GM0080,"
    assert take_cbs_areas(areas.read(written(HEAD, again)).rows()) == 1
    take_cbs_areas(areas.read(written(HEAD, again, name="wijken_2015.csv")).rows())
    trail.commit()
    rows = db.session.scalars(select(CbsArea).order_by(CbsArea.year)).all()
    assert [(row.year, row.name, row.municipality_name) for row in rows] == [
        (2014, "Wijk 30 Nieuw", "Leeuwarden"), (2015, "Wijk 30 Nieuw", None),
    ]  # fmt: skip
    assert rows[0].outline == {"type": "Polygon", "coordinates": [SQUARE]}
    without = select(func.count()).where(CbsArea.outline.is_(None))
    assert db.session.scalar(without) == 1  # NULL, not a JSON null


def test_twelve_thousand_neighbourhoods_are_taken_in_quickly_and_found(store: None, written: Written) -> None:
    lines = [
        f"BU{town:04d}{district:02d}{number:02d},Buurt {number} Brêge,"
        f"WK{town:04d}{district:02d},GM{town:04d},Plaats {town}"
        for town in range(100) for district in range(12) for number in range(10)
    ]  # fmt: skip
    path = written("buurtcode,buurtnaam,wijkcode,gemeentecode,gemeentenaam", *lines, name="buurten_2014.csv")
    begun = time.monotonic()
    found = areas.read(path)
    seen = 0

    def counted() -> Iterator[dict[str, Any]]:
        nonlocal seen
        for row in found.rows():
            seen += 1
            yield row

    assert take_cbs_areas(counted()) == found.total == seen == 12_000
    trail.commit()
    assert time.monotonic() - begun < 3
    rows, total = queries.find_areas("brege plaats 42")
    assert (len(rows), total) == (20, 120)
    assert take_cbs_areas(found.rows()) == 12_000
    assert db.session.scalar(select(func.count()).select_from(CbsArea)) == 12_000
