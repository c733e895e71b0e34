"""The call: written in the open, remarked on, answered, and clarified for bidders."""

from flask import Flask

from wijkplatform.calls import addresses, exchange, policy, stage
from wijkplatform.calls.queries import answering as desk
from wijkplatform.calls.views import answering, drafting, notes, reading
from wijkplatform.core import offers

__all__ = ["drafting", "notes", "policy"]


def register(app: Flask) -> None:
    app.register_blueprint(reading.blueprint)
    app.register_blueprint(answering.blueprint)
    offers.answer("stages", stage.stages)
    offers.answer("open_now", stage.open_now)
    offers.answer("take_over", exchange.take_over)
    offers.answer("write_out", exchange.write_out)
    offers.answer("address", desk.address)
    offers.answer("address", addresses.address)
