"""Open data: the lists of a neighbourhood as CSV and JSON, as everybody may see them. Residents are never named."""

from flask import Flask

from wijkplatform.publish import policy, views

__all__ = ["policy"]


def register(app: Flask) -> None:
    app.register_blueprint(views.blueprint)
