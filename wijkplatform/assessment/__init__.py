"""Assessment: a mixed team, declarations of interest, sealed scores, consensus, and the decision with its reasons."""

from flask import Flask

from wijkplatform.assessment import exchange, policy, stage, views
from wijkplatform.core import offers

__all__ = ["policy"]


def register(app: Flask) -> None:
    app.register_blueprint(views.blueprint)
    offers.answer("stages", stage.stages)
    offers.answer("address", stage.address)
    offers.answer("take_over", exchange.take_over)
    offers.answer("write_out", exchange.write_out)
