"""Remarks on a thing or a passage, and the reasoned answer to each."""

from flask import Flask

from wijkplatform.remarks import models, policy, service

__all__ = ["models", "policy", "service"]


def register(app: Flask) -> None:
    """Remarks show on the page of what they are about, and travel in its file."""
