"""The neighbourhood plan: sections and goals, co-written; it outlives contracts."""

from flask import Flask

from wijkplatform.core import offers
from wijkplatform.plans import addresses, exchange, lifecycle, policy, stage, views

__all__ = ["lifecycle", "policy"]


def register(app: Flask) -> None:
    app.register_blueprint(views.blueprint)
    offers.answer("stages", stage.stages)
    offers.answer("open_now", stage.open_now)
    offers.answer("take_over", exchange.take_over)
    offers.answer("write_out", exchange.write_out)
    offers.answer("address", addresses.address)
