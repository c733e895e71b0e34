"""Participation moments with their commitment, and support."""

from flask import Flask

from wijkplatform.core import offers
from wijkplatform.rounds import exchange, integrity, listing, policy, service, views

__all__ = ["policy", "service"]


def register(app: Flask) -> None:
    app.register_blueprint(views.blueprint)
    offers.answer("take_over", exchange.take_over)
    offers.answer("write_out", exchange.write_out)
    offers.answer("integrity", integrity.faults)
    offers.answer("address", listing.address)
    offers.answer("due", service.note_overdue)
