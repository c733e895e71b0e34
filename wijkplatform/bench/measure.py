"""One run on one database: our server and the bare one side by side, in turns, so that noise falls on both alike."""

import html
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

import brotli
from flask import Flask
from sqlalchemy import event

from wijkplatform import create_app
from wijkplatform.bench import bare, fixture, load, machines
from wijkplatform.bench.load import Measured
from wijkplatform.config import Settings
from wijkplatform.core import keeping
from wijkplatform.core.db import db
from wijkplatform.people.sessions import COOKIE

WORKERS, LINES = 2, 8
KEY = "meting" * 8


@dataclass(frozen=True)
class Pace:
    """How long is measured: so many rounds, so many seconds for each page in each."""

    rounds: int
    seconds: float


FULL, QUICK = Pace(5, 1.5), Pace(1, 0.2)


@dataclass(eq=False)
class Row:
    """A page or a deed, and what was found of it."""

    name: str
    kind: str  #: bare, visitor, afresh, bare write, post
    found: Measured = field(default_factory=Measured)
    ratios: list[float] = field(default_factory=list)
    questions: int | None = None
    cold: int | None = None  #: questions when nothing was kept
    packed: int = 0
    plain: int = 0

    @property
    def ratio(self) -> float:
        return median(self.ratios) if self.ratios else 1.0


@dataclass
class Run:
    """Everything of one database."""

    database: str
    rows: list[Row]
    memory: int = 0
    first_answer: float = 0.0


def run(database: str, address: str, bare_address: str, folder: Path, pace: Pace, say: Callable[[str], None]) -> Run:
    """Fill both databases, start both servers, measure."""
    settings = Settings(
        DATA_DIR=folder, HOST="127.0.0.1", PORT=machines.free_port(), secret_key=KEY, database_url=address, base_url=""
    )
    app = create_app(settings)
    say(f"{database}: de wijk wordt gemaakt")
    made = fixture.make(app)
    bare.Driver(bare_address).fill()
    environment = {
        "DATA_DIR": str(folder), "PORT": str(settings.port), "WIJKPLATFORM_SECRET_KEY": KEY,
        "WIJKPLATFORM_DATABASE_URL": address, "WIJKPLATFORM_BASE_URL": "", "WIJKPLATFORM_VALKEY_URL": "",
    }  # fmt: skip
    ours = ["-m", "wijkplatform", "serve", "--no-worker", "--workers", str(WORKERS)]
    port = machines.free_port()
    other = ["-m", "wijkplatform.bench.bare", bare_address, str(port), str(WORKERS)]
    with (
        machines.serving(ours, settings.port, f"/wijken/{made.slug}", environment) as server,
        machines.serving(other, port, "/", environment) as nothing,
    ):
        pages = _pages(made)
        say(f"{database}: de bladzijden")
        _measure_pages(pages, server.port, nothing.port, pace)
        for row, question in pages.items():
            _weigh(row, question, nothing.port if row.kind == "bare" else server.port)
        memory = server.memory()
        say(f"{database}: een reactie plaatsen")
        writes = _measure_writes(made, server.port, nothing.port, pace)
        memory = max(memory, server.memory())
        first = server.ready
    for row in pages:
        if row.kind != "bare":
            row.questions, row.cold = _questions(app, made, _path(pages[row]), row.kind == "afresh")
    with app.app_context():
        db.engine.dispose()
    return Run(database, [*pages, *writes], memory, first)


def _pages(made: fixture.Made) -> dict[Row, bytes]:
    """What is asked, as a visitor and as somebody who is logged in."""
    home = f"/wijken/{made.slug}"
    places = {
        "De wijk": home, "Een hoofdstuk": f"{home}/plan/{made.chapter}",
        "De uitvraag, 300 reacties": f"/uitvragen/{made.call}", "De agenda, 200 punten": f"{home}/agenda",
    }  # fmt: skip
    found = {Row("De kale bladzijde", "bare"): load.get("/")}
    for name, path in places.items():
        found[Row(name, "visitor")] = load.get(path)
        found[Row(name, "afresh")] = load.get(path, f"{COOKIE}={made.token}")
    return found


def _path(question: bytes) -> str:
    return question.split(b" ", 2)[1].decode()


def _measure_pages(pages: dict[Row, bytes], port: int, bare_port: int, pace: Pace) -> None:
    """In each round the bare page comes before and after the others, and the others in another order."""
    plain, *others = pages
    for row, question in pages.items():  # warm
        load.load(bare_port if row is plain else port, lambda q=question: q, seconds=0.2, lines=LINES)  # type: ignore[misc]
    for turn in range(pace.rounds):
        order = others if turn % 2 else others[::-1]
        around = [_stretch(plain, pages[plain], bare_port, pace)]
        found = {row: _stretch(row, pages[row], port, pace) for row in order}
        around.append(_stretch(plain, pages[plain], bare_port, pace))
        for row, speed in found.items():
            row.ratios.append(speed * 2 / sum(around))


def _stretch(row: Row, question: bytes, port: int, pace: Pace) -> float:
    found = load.load(port, lambda: question, seconds=pace.seconds, lines=LINES)
    row.found.add(found)
    return found.per_second


def _weigh(row: Row, question: bytes, port: int) -> None:
    """Bytes on the line, and unpacked."""
    line = load.Line(port)
    _status, head, body = line.ask(question)
    line.close()
    row.packed, packed = len(body), b"content-encoding: br" in head.lower()
    row.plain = len(brotli.decompress(body)) if packed else len(body)


def _measure_writes(made: fixture.Made, port: int, bare_port: int, pace: Pace) -> list[Row]:
    """One writer at a time: how long the POST takes beside one insert and one commit."""
    least, ours = Row("De kale schrijfdaad", "bare write"), Row("Een reactie plaatsen", "post")
    path, fields, cookie = _form(made, port)
    numbers = itertools.count(1)

    def say() -> bytes:
        return load.post(path, urlencode({**fields, "text": f"Reactie van de meting, nummer {next(numbers)}."}), cookie)

    load.load(port, say, seconds=0.2, lines=1, status=303)
    for _turn in range(pace.rounds):
        before = load.load(bare_port, _bare_write, seconds=pace.seconds, lines=1, status=303)
        here = load.load(port, say, seconds=pace.seconds, lines=1, status=303, most=400)
        after = load.load(bare_port, _bare_write, seconds=pace.seconds, lines=1, status=303)
        least.found.add(before)
        least.found.add(after)
        ours.found.add(here)
        ours.ratios.append((before.per_second + after.per_second) / 2 / here.per_second)
    return [least, ours]


def _bare_write() -> bytes:
    return load.post("/", "text=Reactie+van+de+meting%2C+nummer+1.")


def _form(made: fixture.Made, port: int) -> tuple[str, dict[str, str], str]:
    """The form for a remark as it stands on the page, with its hidden fields and what is chosen beforehand."""
    cookie = f"{COOKIE}={made.token}"
    line = load.Line(port)
    call = _text(line.ask(load.get(f"/uitvragen/{made.call}", cookie)))
    place = re.search(rf'href="(/uitvragen/{made.call}/artikelen/[^"/]+/reageren[^"]*)"', call)
    if place is None:
        raise RuntimeError("Op de uitvraag staat geen formulier voor een reactie.")
    path = html.unescape(place[1])
    page = _text(line.ask(load.get(path, cookie)))
    line.close()
    form = next(each for each in re.findall(r"<form.*?</form>", page, re.S) if "<textarea" in each)
    action = re.search(r'action="([^"]*)"', form)
    assert action is not None
    return html.unescape(action[1]), dict(_fields(form)), cookie


def _fields(form: str) -> Iterator[tuple[str, str]]:
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = (re.search(rf'\b{each}="([^"]*)"', tag) for each in ("name", "value"))
        chosen = 'type="radio"' not in tag or "checked" in tag
        if name and chosen:
            yield name[1], html.unescape(value[1]) if value else ""


def _text(answer: tuple[int, bytes, bytes]) -> str:
    status, head, body = answer
    if status != 200:
        raise RuntimeError(f"the answer was {status}")
    return (brotli.decompress(body) if b"content-encoding: br" in head.lower() else body).decode()


def _questions(app: Flask, made: fixture.Made, path: str, known: bool) -> tuple[int, int]:
    """Questions to the database for a page: as it usually goes, and when nothing was kept yet."""
    client = app.test_client(use_cookies=False)
    headers = {"Cookie": f"{COOKIE}={made.token}"} if known else {}
    asked: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            asked.append(statement)

    with app.app_context():
        engine = db.engine
    client.get(path, headers=headers)
    event.listen(engine, "before_cursor_execute", note)
    try:
        client.get(path, headers=headers)
        usual = len(asked)
        asked.clear()
        keeping.STORE.clear()
        client.get(path, headers=headers)
        return usual, len(asked)
    finally:
        event.remove(engine, "before_cursor_execute", note)
