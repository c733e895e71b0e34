"""Undoing changes of weights leads back to what held before."""

from decimal import Decimal

import pytest

from wijkplatform.criteria.weights import Change, DoesNotFit, before, total

NOW = {"K1": Decimal(60), "K2": Decimal(40)}


def test_changes_are_undone_from_the_last_to_the_first() -> None:
    changes = [Change("K1", Decimal(40), Decimal(50)), Change("K1", Decimal(50), Decimal(60))]
    assert before(NOW, changes) == {"K1": Decimal(40), "K2": Decimal(40)}


def test_without_changes_the_weights_are_as_they_were() -> None:
    assert before(NOW, []) == NOW


def test_a_change_must_lead_to_what_held_after_it() -> None:
    changes = [Change("K1", Decimal(50), Decimal(60)), Change("K1", Decimal(40), Decimal(50))]
    with pytest.raises(DoesNotFit, match="K1"):
        before(NOW, changes)


def test_the_total_is_exact() -> None:
    assert total({"K1": Decimal("33.3"), "K2": Decimal("66.7")}) == Decimal(100)
