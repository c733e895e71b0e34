"""Assessment: a mixed team, declarations of interest, sealed scores, consensus, and the decision with its reasons."""

from flask import Flask

from wijkplatform.assessment import exchange, policy, stage
from wijkplatform.core import offers

__all__ = ["policy"]


def register(app: Flask) -> None:
    offers.answer("stages", stage.stages)
    offers.answer("take_over", exchange.take_over)
    offers.answer("write_out", exchange.write_out)
