"""Open data: what a visitor may see, as CSV and JSON; nobody is named, nothing sealed, and no cell becomes a formula."""

import csv
import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from tests.support.things import put
from tests.support.world import FINISHED, OPEN, World, place
from wijkplatform.agenda.models import Need
from wijkplatform.calls import service as calls
from wijkplatform.calls.models import Article, Call
from wijkplatform.core import clock, trail
from wijkplatform.core.actor import command_line
from wijkplatform.core.db import begin_writing, db, model_of
from wijkplatform.core.spreadsheet import FORMULA, GUARD
from wijkplatform.people.models import Person
from wijkplatform.publish import queries
from wijkplatform.publish.formats import as_csv, as_json
from wijkplatform.publish.lists import LISTS
from wijkplatform.texts import service as texts

ALL = [(slug, name) for slug in (OPEN, FINISHED) for name in LISTS]


@contextmanager
def counting() -> Iterator[list[str]]:
    said: list[str] = []

    def hear(connection: Any, cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")):
            said.append(statement)

    event.listen(db.engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        event.remove(db.engine, "before_cursor_execute", hear)


def read(content: bytes) -> list[dict[str, str]]:
    """A CSV file as a spreadsheet reads it."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def file(slug: str, name: str) -> bytes:
    wanted = queries.asked(slug, name)
    assert wanted is not None, name
    return queries.file(wanted).content


# the files


@pytest.mark.parametrize(("slug", "name"), ALL)
def test_csv_and_json_hold_the_same_rows(both: Flask, slug: str, name: str) -> None:
    with both.app_context():
        sheet, told = read(file(slug, f"{name}.csv")), json.loads(file(slug, f"{name}.json"))
        columns = list(LISTS[name].columns)
        assert list(told["kolommen"]) == columns
        assert len(sheet) == len(told["rijen"])
        for line, row in zip(sheet, told["rijen"], strict=True):
            assert list(line) == list(row) == columns
            for column in columns:
                value = ", ".join(row[column]) if isinstance(row[column], list) else str(row[column] or "")
                assert bare(line[column]).replace(",", ".") == value.replace("\r\n", "\n").replace(",", "."), column
        number, mark = trail.head()
        assert told["keten"] == {"nummer": number, "kenmerk": mark}


def bare(cell: str) -> str:
    return cell.removeprefix(GUARD)


def test_every_list_of_the_finished_neighbourhood_has_rows(in_world: World) -> None:
    for name in LISTS:
        assert read(file(FINISHED, f"{name}.csv")), name


def test_both_databases_give_the_same_file(both: Flask, world: World) -> None:
    with both.app_context():
        here = {name: file(FINISHED, f"{name}.csv") for name in LISTS}
    with world.app.app_context():
        assert {name: file(FINISHED, f"{name}.csv") for name in LISTS} == here


def test_the_counts_are_those_of_the_demo(in_world: World) -> None:
    verdicts = [row["antwoord"] for row in read(file(FINISHED, "reacties.csv"))]
    assert [verdicts.count(each) for each in ("overgenomen", "deels overgenomen", "niet overgenomen", "doorverwezen")] == [
        19, 4, 2, 1,
    ]  # fmt: skip


# what is not for everybody


@pytest.mark.parametrize(("slug", "name"), ALL)
def test_nobody_is_named_in_a_column_of_ours(in_world: World, slug: str, name: str) -> None:
    """Names may stand in what people wrote; no column that says who holds one."""
    people = {each.name for each in db.session.scalars(db.select(Person)) if each.name}
    for row in json.loads(file(slug, f"{name}.json"))["rijen"]:
        for column in {"namens", "eigenaar", "van", "naar", "beslist"} & set(row):
            for one in people:
                assert one not in (row[column] or ""), f"{name}: {one}"
    assert not {"naam", "persoon", "email", "wie"} & set(LISTS[name].columns)


def test_addresses_and_secrets_are_in_no_file(in_world: World) -> None:
    for slug, name in ALL:
        content = file(slug, f"{name}.json").decode()
        assert "@demo." not in content
        assert not re.search(r'"[a-z_]*(salt|hash|person_id|voice_id)"', content)


def seal(world: World, table: str, id_: int | None = None) -> None:
    """One row of a kind, or all of them, sealed until tomorrow."""
    model = model_of(table)
    with world.app.app_context():
        rows = db.update(model).values(sealed_until=clock.now() + timedelta(days=1))
        put(lambda: db.session.execute(rows if id_ is None else rows.where(model.id == id_)))


SEALED = {"punten": "need", "hoofdstukken": "section", "criteria": "criterion", "artikelen": "article", "reacties": "remark",
          "afspraken": "agreement", "metingen": "agreement", "toezeggingen": "moment", "overdracht": "handover_item",
          "schemergebied": "grey_zone"}  # fmt: skip
ABOVE = {"hoofdstukken": "plan", "criteria": "criteria_set", "artikelen": "call", "reacties": "call", "afspraken": "contract",
         "metingen": "contract", "overdracht": "handover"}  # fmt: skip


@pytest.mark.parametrize(("name", "table"), sorted(SEALED.items()))
def test_what_is_sealed_stands_in_no_list_whoever_asks(world: World, name: str, table: str) -> None:
    query = f"SELECT t.id, t.code FROM {table} t JOIN neighbourhood n ON n.id = t.neighbourhood_id WHERE n.slug = ? ORDER BY t.id"
    id_, code = world.watch.execute(query, (FINISHED,)).fetchone()
    before = read(world.browser().get(f"/open-data/{FINISHED}/{name}.csv").data)
    assert any(code in row.values() for row in before)
    seal(world, table, id_)
    for browser in (world.browser(), world.as_role("puur-beleidsregisseur"), world.as_role("puur-beheerder")):
        for each in LISTS:
            for row in read(browser.get(f"/open-data/{FINISHED}/{each}.csv").data):
                for column in set(row) - {"tekst", "titel", "uitleg", "toelichting", "reden", "citaat"}:
                    assert code not in row[column].split(", "), f"{each}.{column}"


@pytest.mark.parametrize(("name", "table"), sorted(ABOVE.items()))
def test_what_hangs_on_something_sealed_stands_in_no_list(world: World, name: str, table: str) -> None:
    path = f"/open-data/{FINISHED}/{name}.csv"
    before = len(read(world.browser().get(path).data))
    seal(world, table)
    assert before
    assert read(world.browser().get(path).data) == []


def test_of_a_sealed_neighbourhood_there_is_nothing(world: World) -> None:
    with world.app.app_context():
        put(lambda: setattr(place(OPEN), "sealed_until", clock.now() + timedelta(days=1)))
    assert world.browser().get(f"/open-data/{OPEN}/punten.csv").status_code == 404
    assert OPEN not in world.as_role("puur-beheerder").go("/open-data").html.replace(f'/wijken/{OPEN}"', "")


def test_what_officials_write_for_the_next_version_is_not_given_away(in_world: World) -> None:
    call = db.session.scalars(db.select(Call).where(Call.neighbourhood_id == place(OPEN).id)).one()
    article: Article = call.articles[0]
    begin_writing()
    version = texts.apply_version(article.text, "Geheime kop", "Nog niet uitgebracht.", base=article.text.head)
    calls.apply_save(command_line(), article, version)
    trail.commit()
    assert b"Geheime kop" not in file(OPEN, "artikelen.csv")
    assert b"Nog niet uitgebracht" not in file(OPEN, "artikelen.json")


# cells


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+31 6",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "  =1",
        "＝1+1",
        "\n=1",
        "\u00a0=1",
        "\u2003@A1",
        "'=1",
        "\x0b=1",
    ],
)
def test_a_text_never_becomes_a_formula(text: str) -> None:
    [row] = read(as_csv(["a"], [{"a": text}]))
    assert row["a"].startswith(GUARD)
    assert row["a"][1:] == text
    assert json.loads(as_json(["a"], [{"a": text}], {}))["rijen"] == [{"a": text}]


def test_a_number_stays_a_number() -> None:
    [row] = read(as_csv(["a", "b", "c"], [{"a": Decimal("-72.63"), "b": -3, "c": Decimal("1000000")}]))
    assert row == {"a": "-72,63", "b": "-3", "c": "1000000"}
    assert json.loads(as_json(["a"], [{"a": Decimal("-72.630")}], {}))["rijen"] == [{"a": "-72.630"}]


def test_days_and_instants_are_told_in_amsterdam() -> None:
    row = {"a": date(2027, 1, 20), "b": datetime(2027, 6, 30, 22, 30, tzinfo=UTC), "c": None}
    [read_back] = read(as_csv(list(row), [row]))
    assert read_back == {"a": "2027-01-20", "b": "2027-07-01T00:30+02:00", "c": ""}


def test_it_opens_as_utf_8_with_semicolons() -> None:
    content = as_csv(["a", "b"], [{"a": "Súdwest; “é”", "b": 'Zij zei: "ja"\nen nee'}])
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == 2
    assert read(content) == [{"a": "Súdwest; “é”", "b": 'Zij zei: "ja"\nen nee'}]


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"), max_size=40), min_size=1)
)
def test_whatever_people_wrote_comes_back(cells: list[str]) -> None:
    row = {f"k{index}": cell for index, cell in enumerate(cells)}
    [read_back] = read(as_csv(list(row), [row]))
    assert {key: bare(value) for key, value in read_back.items()} == row
    for value in read_back.values():
        assert not value.lstrip().startswith(FORMULA)


# the page and its answers


def test_the_page_tells_columns_licence_and_the_head_of_the_chain(world: World) -> None:
    page = world.browser().go("/open-data")
    with world.app.app_context():
        _number, mark = trail.head()
    assert mark in page.words
    assert "CC BY 4.0" in page.words
    for each in LISTS.values():
        for column in each.columns:
            assert f'<code lang="nl">{column}</code>' in page.html
    for slug, name in ALL:
        for form in ("csv", "json"):
            path = f"/open-data/{slug}/{name}.{form}"
            assert path in page.links.values()


def test_a_file_says_what_it_is_and_whether_it_changed(world: World) -> None:
    browser, path = world.browser(), f"/open-data/{OPEN}/punten.csv"
    first = browser.get(path)
    assert first.mimetype == "text/csv"
    assert first.headers["Content-Disposition"] == f'attachment; filename="{OPEN}-punten.csv"'
    again = browser.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    with world.app.app_context():
        need = db.session.scalars(db.select(Need).where(Need.neighbourhood_id == place(OPEN).id)).first()
        put(lambda: setattr(need, "theme", "Iets anders"))
    changed = browser.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first.headers["ETag"]
    assert browser.get(f"/open-data/{OPEN}/punten.json").mimetype == "application/json"


@pytest.mark.parametrize(
    "name", ["punten", "punten.xml", "niets.csv", ".csv", "punten.csv.csv", "punten.CSV", "%00.csv"]
)
def test_a_list_that_is_not_there_is_not_there(world: World, name: str) -> None:
    assert world.browser().get(f"/open-data/{OPEN}/{name}").status_code == 404
    assert world.browser().get(f"/open-data/nergens/{name}").status_code == 404


@pytest.mark.parametrize("path", ["/open-data", *(f"/open-data/{FINISHED}/{name}.json" for name in LISTS)])
def test_few_questions_however_much_there_is(world: World, path: str) -> None:
    browser = world.as_role("puur-bewoner")
    with world.app.app_context(), counting() as said:
        browser.get(path)
    assert len(said) <= 12, "\n\n".join(said)
