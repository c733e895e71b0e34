"""What everything is measured against: a page and a write that do nothing but the least, behind the same server.

The bare page is plain Flask with a driver, no session and no ORM: one query of 20 rows, and a Jinja page of 27 KB that
was compiled once. The bare write is one insert and one commit, with the settings that our own database has.
"""

import sys
import threading
from typing import Any

import psycopg
import pysqlite3.dbapi2
from flask import Flask, Response, redirect, request
from jinja2 import Environment

from wijkplatform import serving
from wijkplatform.core.db import PRAGMAS

ROWS, WORDS = 20, 1
SENTENCE = "In deze straat willen mensen elkaar vaker zien, liefst dichtbij en zonder afspraak. "
TEMPLATE = """<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>{{ title }}</title></head><body>
<h1>{{ title }}</h1>
{% for number, name, words in rows %}<article id="r{{ number }}"><h2>{{ name }}</h2>
<p class="said">{{ words }}</p><p><a href="/rij/{{ number }}">Lees verder</a></p></article>
{% endfor %}<footer>FOOT</footer></body></html>
"""


class Driver:
    """A connection per thread, as a driver gives it."""

    def __init__(self, address: str):
        self.sqlite = address.startswith("sqlite:///")
        self.address = address.removeprefix("sqlite:///").replace("+psycopg", "")
        self.sign = "?" if self.sqlite else "%s"
        self._here = threading.local()

    def connection(self) -> Any:
        if not hasattr(self._here, "connection"):
            self._here.connection = self._open()
        return self._here.connection

    def _open(self) -> Any:
        if not self.sqlite:
            return psycopg.connect(self.address, autocommit=True)
        made = pysqlite3.dbapi2.connect(self.address, isolation_level=None, timeout=30)
        for pragma in PRAGMAS:
            made.execute(f"PRAGMA {pragma}")
        return made

    def fill(self) -> None:
        """The rows of the page, and an empty table to write to."""
        here = self.connection()
        kind = "INTEGER PRIMARY KEY" if self.sqlite else "SERIAL PRIMARY KEY"
        here.execute(f"CREATE TABLE bare (id {kind}, name TEXT, words TEXT)")
        here.execute(f"CREATE TABLE written (id {kind}, words TEXT)")
        for number in range(ROWS):
            row = (f"Punt {number + 1} van de lijst", SENTENCE * 12)
            here.execute(f"INSERT INTO bare (name, words) VALUES ({self.sign}, {self.sign})", row)  # noqa: S608


def create(address: str) -> Flask:
    """The bare application."""
    app, driver = Flask(__name__), Driver(address)
    foot = SENTENCE * 45
    template = Environment(autoescape=True).from_string(TEMPLATE.replace("FOOT", foot))

    @app.get("/")
    def page() -> Response:
        rows = driver.connection().execute(f"SELECT id, name, words FROM bare ORDER BY id LIMIT {ROWS}").fetchall()  # noqa: S608
        return Response(template.render(title="Kaal", rows=rows), mimetype="text/html")

    @app.post("/")
    def write() -> Any:
        here = driver.connection()
        here.execute("BEGIN IMMEDIATE" if driver.sqlite else "BEGIN")
        here.execute(f"INSERT INTO written (words) VALUES ({driver.sign})", (request.form["text"],))  # noqa: S608
        here.execute("COMMIT")
        return redirect("/", code=303)

    return app


def main(address: str, port: int, workers: int) -> None:
    """Serve it with the settings of our own server."""
    serving.save_memory()
    serving.Server(create(address), serving.settings("127.0.0.1", port, workers)).run()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
