"""The measuring runs, and its report names everything that has a measure. How quick it was, is judged by nobody here."""

import subprocess
import sys

import pytest

from tests.support import machine
from wijkplatform.bench import load, report
from wijkplatform.bench.measure import Row, Run

PAGES = ("De wijk", "Een hoofdstuk", "De uitvraag, 300 reacties", "De agenda, 200 punten")


@pytest.mark.proof
@pytest.mark.xdist_group("cli")
def test_the_bench_runs_and_reports_every_row() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "wijkplatform", "bench", "--quick", "--markdown"], env=machine.plain_environment(),
        capture_output=True, text=True, cwd=machine.ROOT, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    databases = ["SQLite", *(["PostgreSQL"] if machine.POSTGRES else [])]
    for number, database in enumerate(databases):
        found = done.stdout.partition(f"**{database}**")[2].partition("**")[0] if number else done.stdout
        for page in PAGES:
            assert f"| {page}, bezoeker |" in found
            assert f"| {page}, ingelogd, vers |" in found
        for line in ("De kale bladzijde", "De kale schrijfdaad", "Een reactie plaatsen", "Geheugen, twee processen",
                     "Eerste antwoord na starten", "Vragen aan de database, hoogste"):  # fmt: skip
            assert f"| {line} |" in found, line


def _run() -> Run:
    rows = [
        Row("De kale bladzijde", "bare", load.Measured([0.001] * 100, 1.0)),
        Row("De wijk", "visitor", load.Measured([0.002] * 60, 1.0), [0.7, 0.6, 0.5], 1, 20, 2700, 9500),
        Row("De uitvraag, 300 reacties", "afresh", load.Measured([0.005] * 20, 1.0), [0.19], 13, 20, 15_100, 99_000),
        Row("De kale schrijfdaad", "bare write", load.Measured([0.001] * 90, 1.0)),
        Row("Een reactie plaatsen", "post", load.Measured([0.006] * 15, 1.0), [6.0]),
    ]
    return Run("SQLite", rows, 249_000_000, 2.1)


def test_a_figure_is_held_against_its_measure() -> None:
    found = {each.name: each.reached for each in report.goals(_run())}
    assert found == {
        "De wijk, bezoeker": True,
        "De uitvraag, 300 reacties, ingelogd, vers": False,
        "Een reactie plaatsen": True,
        "Vragen aan de database, hoogste": False,
        "Geheugen, twee processen": True,
        "Eerste antwoord na starten": False,
        "De uitvraag als volgende bladzijde": False,
    }


def test_the_table_shows_the_middle_of_the_rounds() -> None:
    line = next(each for each in report.lines(_run()) if each[0] == "De wijk, bezoeker")
    assert line == ("De wijk, bezoeker", "60", "2.0", "2.0", "0.60", "1 (20)", "2.7 kB", "9.5 kB")
    assert "| De wijk, bezoeker | 60 |" in report.markdown([_run()])


def test_a_percentile_is_of_what_was_measured() -> None:
    found = load.Measured([each / 1000 for each in range(1, 101)], 2.0)
    assert (found.percentile(0.5), found.percentile(0.95), found.per_second) == (51.0, 96.0, 50.0)
