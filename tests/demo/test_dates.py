"""The open neighbourhood on any day on which somebody loads it: valid, and with dates that make sense."""

import itertools
from datetime import date, timedelta
from typing import Any

import pytest

from wijkplatform.demo import build, dates
from wijkplatform.exchange.directory import read, read_mapping
from wijkplatform.exchange.fields import Time

DATA = read(build.OPEN).data
#: The day it was written, days around it in every step of the week and the month, and some far away.
DAYS = [dates.WRITTEN_ON + timedelta(days=each) for each in (*range(-3, 40), 99, 131, 200, 365, 463, 1000, 2222)]


def call(data: dict[str, Any]) -> dict[str, Any]:
    return data["06_uitvraag.yaml"]["uitvraag"]


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_it_is_accepted_without_notices_and_nothing_said_lies_in_the_future(today: date) -> None:
    data = dates.moved(DATA, today)
    assert read_mapping(data).notices == []
    said = [each["datum"] for each in data["07_reacties.yaml"]["reacties"]]
    talks = [each["datum"] for each in data["11_halfjaargesprekken.yaml"]["gesprekken"]]
    assert max(said + talks) < today
    assert today - max(said) < timedelta(days=9), "the last remark is of this week or the one before"
    version = call(data)["versies"][0]
    assert version["reactie_van"] < today
    assert version["reactie_tot"] == today + dates.WINDOW
    planned = data["10_prestatieafspraken.yaml"]["overeenkomst"]["gesprekken"]
    assert planned[: len(talks)] == talks
    assert min(planned[len(talks) :]) > today + timedelta(days=30)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_weekdays_and_clock_times_stay_and_months_keep_their_borders(today: date) -> None:
    data = dates.moved(DATA, today)
    for file, block in (("02_bewonersagenda.yaml", "inspraakmomenten"), ("11_halfjaargesprekken.yaml", "gesprekken")):
        for was, now in zip(DATA[file][block], data[file][block], strict=True):
            assert now["datum"].weekday() == was["datum"].weekday() != 6
            assert isinstance(now["tijd"], Time)
            assert now["tijd"] == was["tijd"]
    for period in (call(data)["looptijd"], data["00_gebied.yaml"]["wijk"]["planperiode"]):
        assert period["start"].day == 1
        assert (period["eind"] + timedelta(days=1)).day == 1
    contract = data["10_prestatieafspraken.yaml"]["overeenkomst"]
    assert contract["eind"] + timedelta(days=1) == call(data)["looptijd"]["start"], (
        "the call takes over from the subsidy"
    )


def test_on_the_day_it_was_written_only_the_window_is_counted() -> None:
    data = dates.moved(DATA, dates.WRITTEN_ON)
    assert data == DATA, "the file holds what loading on that day gives"


def test_no_text_names_a_year_or_a_day_that_does_not_move() -> None:
    """Dates inside texts stay as written, so there are none; numbers of people and euros are no years."""
    months = "januari februari maart april mei juni juli augustus september oktober november december".split()
    for text in texts(DATA):
        words = text.lower().replace(".", " ").replace(",", " ").split()
        assert not [word for word in words if word.startswith("20") and len(word) == 4 and word.isdigit()], text
        assert not [word for before, word in itertools.pairwise(words) if word in months and before.isdigit()], text


def texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [each for part in value.values() for each in texts(part)]
    if isinstance(value, list):
        return [each for part in value for each in texts(part)]
    return [value] if isinstance(value, str) else []
