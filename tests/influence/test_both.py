"""The chain and one's own contributions are the same on both databases."""

import pytest
from flask import Flask

from tests.support.client import Browser
from tests.support.world import FINISHED, OPEN, email_of
from wijkplatform.core.db import db
from wijkplatform.people.models import Person

pytestmark = pytest.mark.both


def test_every_page_of_the_chain_on_both_databases(both: Flask) -> None:
    browser = Browser(both)
    for code in ("BH-04", "K4", "UV-2026", "R-12", "PA-04", "AP-01", "HG-1", "IN-B", "OD-2026"):
        assert browser.go(f"/wijken/{FINISHED}/spoor/{code}").status == 200, code
    words = browser.go("/spoor/BH-04").words
    for each in ("6 van de 10 voor ‘Groepsgericht tenzij’", "Op koers 54 procent", "Noemt WS-05.", "Bijgesteld"):
        assert each in words, each
    assert browser.go("/spoor/XX-99").status == 404
    assert browser.go(f"/wijken/{OPEN}/spoor/BH-04").status == 404


def test_ones_own_contributions_on_both_databases(both: Flask) -> None:
    browser = Browser(both)
    with both.app_context():
        account = db.session.scalars(db.select(Person.public_id).where(Person.email == email_of("bewoner"))).one()
    browser.log_in(account)
    page = browser.go("/mijn")
    assert page.status == 200
    assert "Overgenomen U heeft gelijk." in page.words
    assert page.words.index("Overgenomen U heeft gelijk.") < page.words.index("niet vastgelegd"), "undated ones last"
