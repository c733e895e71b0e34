"""wijkplatform: one shared workspace in which a neighbourhood and its municipality write, decide and follow."""

from importlib import import_module
from pathlib import Path

from flask import Flask
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

from wijkplatform import web
from wijkplatform.config import Settings
from wijkplatform.core import db as database
from wijkplatform.features import FEATURES

ROOT = Path(__file__).resolve().parents[1]


def create_app(settings: Settings, *, demo: bool = False, testing: bool = False) -> Flask:
    """The application: configuration, database, web, then every feature in the order of the line."""
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=None)
    app.testing = testing
    app.settings = settings  # type: ignore[attr-defined]
    app.config.update(
        SQLALCHEMY_DATABASE_URI=settings.database,
        SECRET_KEY=settings.key(),
        SITE_NAME=settings.site_name,
        DEMO=demo,
        SESSION_COOKIE_SECURE=settings.address.startswith("https://"),
    )
    database.init(app)
    Migrate(app, database.db, directory=str(ROOT / "migrations"), render_as_batch=True, compare_type=True)
    web.init(app)
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    for feature in FEATURES:
        import_module(f"wijkplatform.{feature}").register(app)
    return app
