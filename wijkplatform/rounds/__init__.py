"""Participation moments with their commitment, and support."""

from flask import Flask

from wijkplatform.core import offers
from wijkplatform.rounds import exchange, policy, service

__all__ = ["policy", "service"]


def register(app: Flask) -> None:
    """Moments show on the page of what they are about."""
    offers.answer("take_over", exchange.take_over)
    offers.answer("write_out", exchange.write_out)
