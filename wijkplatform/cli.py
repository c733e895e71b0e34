"""The command `wijkplatform`. One of the two places where a deed is committed; speaks Dutch, shows progress."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import click
from flask import Flask
from rich.console import Console
from rich.progress import Progress

from wijkplatform import config, create_app, installing, serving
from wijkplatform.core import actor, lifecycle, offers, outbox, trail
from wijkplatform.core.errors import Problem
from wijkplatform.demo import accounts, build
from wijkplatform.exchange import areas as cbs
from wijkplatform.exchange import backup as whole
from wijkplatform.exchange import directory, dump, load, writing
from wijkplatform.people import service as people
from wijkplatform.places import queries as places
from wijkplatform.places import service as places_service
from wijkplatform.search import service as search

NOT_READY = "De database is er niet, of is van een andere uitgave. Draai eerst: wijkplatform init --beheerder ADRES."

say = Console(highlight=False, soft_wrap=True)
complain = Console(stderr=True, highlight=False, soft_wrap=True)


def make_app(**options: Any) -> Flask:
    """The application with the settings of the environment; a wrong setting ends here with its sentence."""
    try:
        return create_app(config.read(), **options)
    except config.WrongSetting as error:
        raise click.ClickException(str(error)) from None


def in_app(command: Callable[..., None]) -> Callable[..., None]:
    """Run a command inside the application, on a database that is at head."""

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> None:
        app = make_app()
        if not installing.is_at_head(app):
            raise click.ClickException(NOT_READY)
        with app.app_context():
            try:
                command(*arguments, **options)
            except Problem as problem:
                raise click.ClickException(str(problem.sentence)) from None

    return run


def to_head(app: Flask) -> None:
    """Bring the database to this release, and what is kept beside its tables as well."""
    installing.bring_to_head(app)
    with app.app_context():
        if sum(offers.ask("after_upgrade")):
            trail.commit()


@contextmanager
def progress(title: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on a terminal, a line when it is done elsewhere."""
    with Progress(console=complain, transient=True, disable=not complain.is_terminal) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True)
def main() -> None:
    """wijkplatform: samen aan de wijk."""
    os.umask(0o077)  # database, back-ups and exports hold names and addresses: for whoever runs this alone


@main.command()
@click.option("--beheerder", required=True, metavar="ADRES", help="E-mailadres van de eerste beheerder.")
def init(beheerder: str) -> None:
    """Een nieuwe installatie: sleutel, database en de eerste beheerder."""
    config.read().make_key()
    app = make_app()
    to_head(app)
    with app.app_context():
        try:
            address = people.make_administrator(actor.command_line(), beheerder)
        except Problem as problem:
            raise click.ClickException(str(problem.sentence)) from None
        trail.commit()
    say.print(f"Klaar. Beheerder: {address}. Inloggen kan met: wijkplatform login-link {address}")


@main.command()
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Aantal processen.")
@click.option("--port", type=click.IntRange(1, 65535), help="Poort; anders PORT of 5000.")
@click.option("--host", help="Adres; anders HOST of 127.0.0.1.")
@click.option("--no-worker", is_flag=True, help="Zonder de bezorger van post en taken.")
@click.option("--demo", is_flag=True, help="Met demo-inlog; alleen op een database van make demo.")
def serve(workers: int, port: int | None, host: str | None, no_worker: bool, demo: bool) -> None:
    """Zet de website aan."""
    if port:
        os.environ["PORT"] = str(port)  # links in mail and the worker lead to the same port
    app = make_app(demo=demo)
    settings = config.read()
    host, port = host or settings.host, settings.port
    if not settings.key():
        raise click.ClickException(
            "Er is nog geen sleutel. Zet WIJKPLATFORM_SECRET_KEY, of begin met: wijkplatform init --beheerder ADRES."
        )
    if host not in serving.LOCAL and not settings.base_url:
        raise click.ClickException(
            f"De website gaat luisteren op {host}. Zet WIJKPLATFORM_BASE_URL op het adres dat bewoners zien."
        )
    if not installing.is_at_head(app):
        raise click.ClickException(NOT_READY)
    if demo and not build.is_demo(app):
        raise click.ClickException("Deze database is niet door make demo gemaakt. De demo-inlog blijft dicht.")
    if not serving.port_is_free(host, port):
        raise click.ClickException(f"Poort {port} is bezet. Kies een andere: PORT={port + 1} make demo.")
    say.print(f"De website staat op {settings.address}")
    serving.serve(app, host, port, workers=workers, with_worker=not no_worker)


@main.command()
@click.option("--parent", type=int, hidden=True, help="Stop als dit proces weg is.")
def worker(parent: int | None) -> None:
    """Bezorg post en doe wat op tijd gedaan moet worden, tot iemand stopt."""
    app, stop = make_app(), threading.Event()
    for signal_number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signal_number, lambda *_: stop.set())
    if parent is not None:
        threading.Thread(target=_follow, args=(parent, stop), daemon=True).start()
    outbox.each_hour(_write_down_what_is_due)
    with app.app_context():
        outbox.work(stop)


def _write_down_what_is_due() -> None:
    """What the clock brought becomes history: everybody saw it at the instant itself, this only notes it."""
    if sum(offers.ask("due")):
        trail.commit()


def _follow(parent: int, stop: threading.Event) -> None:
    """Stop when the server is gone, however it went."""
    while not stop.wait(2):
        if os.getppid() != parent:
            stop.set()


@main.command()
@in_app
def deliver() -> None:
    """Bezorg één keer alles wat klaarligt."""
    _write_down_what_is_due()
    counts = outbox.deliver()
    say.print(str(counts))


@main.command("import")
@click.argument("map", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--schuif", default=0, metavar="JAREN", help="Verschuif alle datums zoveel hele jaren.")
def import_(map: Path, schuif: int) -> None:
    """Lees een wijk in uit MAP (zie docs/FORMAT.md)."""
    config.read().make_key()
    app = make_app()
    found = _read(map)
    to_head(app)
    with app.app_context(), progress("Inlezen") as bar:
        try:
            place = load.load_directory(found.data, actor.takeover(), shift_years=schuif, progress=bar)
        except Problem as problem:
            raise click.ClickException(str(problem.sentence)) from None
        trail.commit()
        name, slug = place.name, place.slug
    if schuif:
        say.print("De datums zijn verschoven. Jaartallen in teksten zijn niet veranderd.")
    say.print(f"Ingelezen: {name} (/wijken/{slug}).")


def _read(map: Path) -> directory.Directory:
    """A directory that is valid as a whole, its notices shown; otherwise every error, and nothing is written."""
    try:
        found = directory.read(map)
    except directory.Refused as refused:
        for line in refused.lines():
            complain.print(line, markup=False)
        raise click.ClickException("De map is niet ingelezen. Er is niets veranderd.") from None
    for notice in found.notices:
        say.print(directory.format_error(notice), markup=False)
    return found


@main.command()
@click.argument("map", type=click.Path(file_okay=False, path_type=Path))
@click.option("--wijk", metavar="SLUG", help="Welke wijk; mag weg als er maar één is.")
@in_app
def export(map: Path, wijk: str | None) -> None:
    """Schrijf een wijk naar MAP, in hetzelfde formaat."""
    there = places.neighbourhoods(actor.command_line())
    chosen = [place for place in there if wijk is None or place.slug == wijk]
    if len(chosen) != 1:
        raise click.ClickException("Zeg welke wijk, met --wijk: " + ", ".join(place.slug for place in there) + ".")
    map.mkdir(parents=True, exist_ok=True)
    with progress("Schrijven") as bar:
        writing.write(map, dump.dump_neighbourhood(chosen[0], progress=bar))
    say.print(f"Geschreven: {chosen[0].name} naar {map}.")


@main.group()
def areas() -> None:
    """Gebieden van het CBS."""


@areas.command("import")
@click.argument("bestand", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def areas_import(bestand: Path) -> None:
    """Lees wijken, buurten of grenzen in uit een CSV- of GeoJSON-bestand van het CBS."""
    app = make_app()
    try:
        found = cbs.read(bestand)
    except Problem as problem:
        raise click.ClickException(str(problem.sentence)) from None
    to_head(app)
    with app.app_context(), progress("Gebieden") as bar:
        number = places_service.take_cbs_areas(counted(found.rows(), found.total, bar))
        trail.commit()
    say.print(f"Ingelezen: {number} gebieden uit {bestand.name}.")


def counted(rows: Iterator[Any], total: int, bar: Callable[[int, int], None]) -> Iterator[Any]:
    """The same rows, while the bar moves along."""
    for number, row in enumerate(rows, 1):
        yield row
        if number % 100 == 0 or number == total:
            bar(number, total)


@main.command("login-link")
@click.argument("adres")
@in_app
def login_link(adres: str) -> None:
    """Maak een link om één keer in te loggen, en schrijf alleen die link."""
    link = people.login_link(actor.command_line(), adres)
    trail.commit()
    click.echo(link)


@main.command()
@click.option("--head", is_flag=True, help="Alleen nummer en kenmerk van de laatste gebeurtenis.")
@in_app
def check(head: bool) -> None:
    """Controleer de gegevens en de geschiedenis."""
    number, mark = trail.head()
    if head:
        click.echo(f"{number} {mark}")
        return
    faults = [*trail.faults(), *offers.gather("integrity")]
    for fault in faults:
        complain.print(fault, markup=False)
    if faults:
        raise click.ClickException(f"Er klopt iets niet: {len(faults)} keer.")
    say.print(f"In orde. {number} gebeurtenissen, kenmerk {mark[:16]}.")


@main.command()
@click.argument("bestand", type=click.Path(dir_okay=False, path_type=Path))
@in_app
def backup(bestand: Path) -> None:
    """Schrijf alles wat er is naar één BESTAND, terwijl de website aan blijft."""
    with progress("Back-up") as bar:
        rows = whole.write(bestand, installing.revision(), bar)
    say.print(f"Klaar: {rows} rijen in {bestand}.")


@main.command()
@click.argument("bestand", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(bestand: Path) -> None:
    """Zet een back-up terug in een lege database, en controleer haar."""
    config.read().make_key()
    app = make_app()
    to_head(app)
    with app.app_context(), progress("Terugzetten") as bar:
        try:
            rows = whole.read(bestand, installing.revision(), bar)
        except Problem as problem:
            raise click.ClickException(str(problem.sentence)) from None
        faults = [*trail.faults(), *offers.gather("integrity")]
        if faults:
            raise click.ClickException(f"De back-up klopt niet, er is niets teruggezet: {faults[0]}.")
        people.close_doors()
        trail.commit()
    say.print(f"Teruggezet: {rows} rijen. Alles klopt.")


@main.command()
@in_app
def reindex() -> None:
    """Bouw opnieuw op wat er te vinden is."""
    count = search.rebuild()
    trail.commit()
    say.print(f"Klaar: {count} dingen zijn te vinden.")


@main.command()
def states() -> None:
    """Schrijf de standen en stappen van elk ding, als Mermaid-diagram."""
    make_app()
    for model in lifecycle.tables():
        click.echo(f"%% {model.__name__}\n{lifecycle.diagram(model)}\n")


@main.command()
@click.option("--fresh", is_flag=True, help="Begin opnieuw.")
def demo(fresh: bool) -> None:
    """Maak de database van de demo, of ga door met wat er is."""
    settings = config.read()
    settings.make_key()
    try:
        if fresh:
            build.clear(settings)
    except Problem as problem:
        raise click.ClickException(str(problem.sentence)) from None
    app = make_app()
    to_head(app)
    with app.app_context(), progress("Demo") as bar:
        for line in build.build(bar):
            say.print(line)
        logins = accounts.logins(settings.address)
    path = settings.data_dir / "demo-logins.json"
    path.write_text(json.dumps(logins, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    say.print(f"Inloggen: {settings.address} (ook in {path}).")


@main.command()
@click.option("--quick", is_flag=True, help="Kort: om te zien dat het werkt, niet om te meten.")
@click.option("--markdown", is_flag=True, help="Als Markdown, voor de README.")
def bench(quick: bool, markdown: bool) -> None:
    """Meet hoe snel de website is, naast een kale bladzijde op dezelfde machine."""
    chosen = [*(["--quick"] if quick else []), *(["--markdown"] if markdown else [])]
    # a process of its own: whoever serves need not carry what only measuring needs
    sys.exit(subprocess.run([sys.executable, "-m", "wijkplatform.bench", *chosen], check=False).returncode)  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
