"""Agreements with their original purpose, the half-yearly conversations about them, and how they were adjusted."""

from flask import Flask

from wijkplatform.agreements import exchange, policy, stage
from wijkplatform.core import offers

__all__ = ["policy"]


def register(app: Flask) -> None:
    offers.answer("stages", stage.stages)
    offers.answer("take_over", exchange.take_over)
    offers.answer("write_out", exchange.write_out)
