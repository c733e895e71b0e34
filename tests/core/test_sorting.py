"""Sorted the Dutch way, without the system's locale and without the database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkplatform.core.sorting import by_surname, by_title


@pytest.mark.parametrize(
    "ordered",
    [
        ["BH-1", "BH-2", "BH-10", "BH-100"],
        ["Yoga", "Ijsbaan", "IJsclub", "Zorg"],  # ij is written as y: ysbaan
        ["appel", "Ápril", "zebra"],
        ["Huis 2 aan de kade", "Huis 10 aan de kade"],
        ["een", "één hond"],
        ["Straße", "Strasse 2"],
    ],
)
def test_titles(ordered: list[str]) -> None:
    backwards = ordered[::-1]
    assert sorted(backwards, key=by_title) == ordered


@pytest.mark.parametrize(
    "ordered",
    [
        ["Anna Bakker", "Piet van der Berg", "Jan Boer"],
        ["Jan de Boer", "Jan van den Boer"],
        ["Ans van 't Hof", "Bea Hofman"],
        ["Ali el Idrissi", "Kees Yedema", "Samira IJzerman"],
        ["Bo Jansen", "Cor Jansen"],
        ["Cher", "Fatima Ouali"],
    ],
)
def test_people_by_surname(ordered: list[str]) -> None:
    backwards = ordered[::-1]
    assert sorted(backwards, key=by_surname) == ordered


def test_a_prefix_at_the_front_is_a_first_name() -> None:
    """'Van Morrison' is called Van."""
    assert by_surname("Van Dijk") == by_surname("van dijk")
    assert by_surname("Jan van")  # nothing after the prefix


@given(st.lists(st.text(max_size=12), max_size=6))
def test_any_names_can_be_put_in_order(names: list[str]) -> None:
    assert len(sorted(names, key=by_title)) == len(names)
    assert len(sorted(names, key=by_surname)) == len(names)
