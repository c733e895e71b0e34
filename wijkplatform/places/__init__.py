"""Where it happens: municipalities, neighbourhoods, organisations, centres; and who somebody is there."""

from flask import Flask

from wijkplatform.core import offers
from wijkplatform.places import addresses, exchange, policy, queries, views
from wijkplatform.web import actor

__all__ = ["policy"]


def register(app: Flask) -> None:
    app.register_blueprint(views.blueprint)
    actor.load_with(queries.actor_of)
    offers.answer("address", addresses.address)
    offers.answer("take_over", exchange.take_over)
    offers.answer("write_out", exchange.write_out)
