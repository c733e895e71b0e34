"""The handover from one provider to the next: what runs on, changes or stops, decided with the people it is for."""

from flask import Flask

from wijkplatform.core import offers
from wijkplatform.handover import exchange, policy, stage, views

__all__ = ["policy"]


def register(app: Flask) -> None:
    app.register_blueprint(views.blueprint)
    offers.answer("stages", stage.stages)
    offers.answer("address", stage.address)
    offers.answer("take_over", exchange.take_over)
    offers.answer("write_out", exchange.write_out)
