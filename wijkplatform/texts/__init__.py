"""The text engine: versions that never change, edits that join safely, and who wrote what."""

from flask import Flask

from wijkplatform.core import offers
from wijkplatform.texts import integrity, models, service

__all__ = ["models", "service"]


def register(app: Flask) -> None:
    """Texts have no page of their own: whatever has a text shows it."""
    offers.answer("integrity", integrity.faults)
