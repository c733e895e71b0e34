"""Files that hang on things: judged by their content, re-encoded, renamed, and served through one door."""

from flask import Flask

from wijkplatform.attachments import policy, views

__all__ = ["policy"]


def register(app: Flask) -> None:
    app.register_blueprint(views.blueprint)
