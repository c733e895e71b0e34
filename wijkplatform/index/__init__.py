"""What can be found by its code, and what things name."""

from flask import Flask

from wijkplatform.core import offers
from wijkplatform.index import integrity


def register(app: Flask) -> None:
    """The index has no page of its own: features enter their things, and read it."""
    offers.answer("integrity", integrity.faults)
