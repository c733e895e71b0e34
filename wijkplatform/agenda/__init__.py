"""The residents' agenda: needs, raised and supported by residents."""

from flask import Flask

from wijkplatform.agenda import addresses, exchange, integrity, policy, stage, views
from wijkplatform.core import offers

__all__ = ["policy"]


def register(app: Flask) -> None:
    app.register_blueprint(views.blueprint)
    offers.answer("stages", stage.stages)
    offers.answer("open_now", stage.open_now)
    offers.answer("take_over", exchange.take_over)
    offers.answer("write_out", exchange.write_out)
    offers.answer("integrity", integrity.faults)
    offers.answer("address", addresses.address)
