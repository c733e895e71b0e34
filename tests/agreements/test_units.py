"""Which values fit a unit."""

from decimal import Decimal

import pytest

from wijkplatform.agreements.units import fits


@pytest.mark.parametrize(
    ("unit", "value", "fit"),
    [
        ("procent", "0", True),
        ("procent", "100", True),
        ("procent", "100.1", False),
        ("procent", "-1", False),
        ("aantal van 4", "4", True),
        ("aantal van 4", "5", False),
        ("aantal van 04", "5", True),  # no count as the format writes it: a free unit
        ("graden", "-12.5", True),
    ],
)
def test_a_value_fits_its_unit(unit: str, value: str, fit: bool) -> None:
    assert fits(unit, Decimal(value)) is fit


def test_no_value_fits_every_unit() -> None:
    assert fits("procent", None)
