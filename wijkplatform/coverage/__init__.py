"""The grey zone: problems that parties pass on to each other, with "niemand" in plain sight."""

from flask import Flask

from wijkplatform.core import offers
from wijkplatform.coverage import exchange, policy, stage, views

__all__ = ["policy"]


def register(app: Flask) -> None:
    app.register_blueprint(views.blueprint)
    offers.answer("address", stage.address)
    offers.answer("take_over", exchange.take_over)
    offers.answer("write_out", exchange.write_out)
