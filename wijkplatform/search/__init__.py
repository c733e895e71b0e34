"""Search: titles and texts of every kind that somebody may see, found by Dutch stems and by what is typed so far."""

from flask import Flask

from wijkplatform.core import offers, trail
from wijkplatform.search import integrity, service, views


def register(app: Flask) -> None:
    app.register_blueprint(views.blueprint)
    trail.listen(service.note)
    offers.answer("integrity", integrity.faults)
    offers.answer("after_upgrade", service.complete)
