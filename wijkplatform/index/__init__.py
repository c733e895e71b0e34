"""What can be found by its code, and what things name."""

from flask import Flask

from wijkplatform.index import models

__all__ = ["models"]


def register(app: Flask) -> None:
    """The index has no page of its own: features enter their things, and read it."""
