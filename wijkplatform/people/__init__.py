"""People: how they get in, who they are to the application, and the sessions they are in."""

from flask import Flask

from wijkplatform.core import mail, outbox
from wijkplatform.people import policy, service, sessions, views

__all__ = ["policy"]


def register(app: Flask) -> None:
    sessions.init(app)
    outbox.handle(mail.KIND, mail.send)
    outbox.each_hour(service.clean)
    app.register_blueprint(views.blueprint)
