"""The neighbourhood page and the front door."""

from flask import Flask

from wijkplatform.home import views


def register(app: Flask) -> None:
    app.register_blueprint(views.blueprint)
