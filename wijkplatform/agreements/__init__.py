"""Agreements with their original purpose, the half-yearly conversations about them, and how they were adjusted."""

from flask import Flask

from wijkplatform.agreements import exchange, policy, stage, views
from wijkplatform.core import offers

__all__ = ["policy"]


def register(app: Flask) -> None:
    app.register_blueprint(views.blueprint)
    offers.answer("stages", stage.stages)
    offers.answer("open_now", stage.open_now)
    offers.answer("address", stage.address)
    offers.answer("take_over", exchange.take_over)
    offers.answer("write_out", exchange.write_out)
