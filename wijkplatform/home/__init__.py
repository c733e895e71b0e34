"""The neighbourhood page and the front door."""

from flask import Flask

from wijkplatform.home import menu, views


def register(app: Flask) -> None:
    app.register_blueprint(views.blueprint)
    app.context_processor(menu.frame)
