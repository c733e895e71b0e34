"""Influence: what became of what people said, walked in both directions."""

from flask import Flask

from wijkplatform.influence import views


def register(app: Flask) -> None:
    """Traces are counted (`traces`) for the file format; the pages walk the same links, and those around them."""
    app.register_blueprint(views.blueprint)
