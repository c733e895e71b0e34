"""`wijkplatform bench`: both databases in one run."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import click

from wijkplatform.bench import machines, measure, report
from wijkplatform.bench.measure import Run

NO_POSTGRES = "PostgreSQL is hier niet; alleen SQLite is gemeten. Installeer het met: sudo apt-get install postgresql"


def run(*, quick: bool, say: Callable[[str], None]) -> list[Run]:
    """Measure SQLite, and PostgreSQL where it is installed. Everything made for it is thrown away."""
    pace = measure.QUICK if quick else measure.FULL
    with tempfile.TemporaryDirectory(prefix="wijk-meting-") as folder:
        here = Path(folder)
        ours, bare = (f"sqlite:///{here / name}.sqlite3" for name in ("wijkplatform", "kaal"))
        runs = [measure.run("SQLite", ours, bare, here, pace, say)]
        if machines.postgres_found() is None:
            say(NO_POSTGRES)
            return runs
        with machines.postgres() as server:
            ours, bare = (machines.new_database(server, name) for name in ("wijk", "kaal"))
            runs.append(measure.run("PostgreSQL", ours, bare, here, pace, say))
    return runs


@click.command()
@click.option("--quick", is_flag=True)
@click.option("--markdown", is_flag=True)
def main(quick: bool, markdown: bool) -> None:
    """Measure, and print the table. What goes on meanwhile is said beside it."""
    runs = run(quick=quick, say=lambda line: click.echo(line, err=True))
    for line in [report.markdown(runs)] if markdown else report.plain(runs):
        click.echo(line)


if __name__ == "__main__":
    main()
