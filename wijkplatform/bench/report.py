"""What was measured, beside what is to be reached: a table to read, and the same for the README."""

import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from wijkplatform.bench.measure import Row, Run

KINDS = {"visitor": "bezoeker", "afresh": "ingelogd, vers", "bare": "", "bare write": "", "post": ""}
LEAST_RATIO = {"visitor": 0.5, "afresh": 0.2}
MOST_WRITES, MOST_QUESTIONS, MOST_MEMORY, FIRST_ANSWER, CALL_BYTES = 6.0, 12, 250_000_000, 2.0, 15_000


@dataclass(frozen=True)
class Goal:
    """One figure beside what is to be reached."""

    name: str
    found: str
    wanted: str
    reached: bool


def goals(run: Run) -> Iterator[Goal]:
    """Everything of one database that has a measure."""
    for row in run.rows:
        if row.kind in LEAST_RATIO:
            least = LEAST_RATIO[row.kind]
            yield Goal(_name(row), f"{row.ratio:.2f}", f"≥ {least} kale bladzijde", row.ratio >= least)
        if row.kind == "post":
            yield Goal(row.name, f"{row.ratio:.1f}", f"≤ {MOST_WRITES:.0f} kale schrijfdaden", row.ratio <= MOST_WRITES)
    most = max(row.questions or 0 for row in run.rows)
    yield Goal("Vragen aan de database, hoogste", str(most), f"≤ {MOST_QUESTIONS}", most <= MOST_QUESTIONS)
    yield Goal("Geheugen, twee processen", _mega(run.memory), f"< {_mega(MOST_MEMORY)}", run.memory < MOST_MEMORY)
    yield Goal("Eerste antwoord na starten", f"{run.first_answer:.1f} s", "≤ 2 s", run.first_answer <= FIRST_ANSWER)
    call = max(row.packed for row in run.rows if "reacties" in row.name)
    yield Goal("De uitvraag als volgende bladzijde", _kilo(call), f"< {_kilo(CALL_BYTES)}", call < CALL_BYTES)


def _name(row: Row) -> str:
    return f"{row.name}, {KINDS[row.kind]}" if KINDS[row.kind] else row.name


def _mega(size: int) -> str:
    return f"{size / 1_000_000:.0f} MB"


def _kilo(size: int) -> str:
    return f"{size / 1000:.1f} kB"


HEAD = ("", "per s", "mediaan ms", "p95 ms", "verhouding", "vragen (niets bewaard)", "ingepakt", "uitgepakt")


def lines(run: Run) -> Iterator[tuple[str, ...]]:
    """The figures of one database, a line for each page and deed."""
    for row in run.rows:
        yield (
            _name(row), f"{row.found.per_second:.0f}", f"{row.found.percentile(0.5):.1f}",
            f"{row.found.percentile(0.95):.1f}", _ratio(row),
            "" if row.questions is None else f"{row.questions} ({row.cold})",
            _kilo(row.packed) if row.packed else "", _kilo(row.plain) if row.plain else "",
        )  # fmt: skip


def _ratio(row: Row) -> str:
    if row.kind in LEAST_RATIO:
        return f"{row.ratio:.2f}"
    return f"{row.ratio:.1f} ×" if row.kind == "post" else "1"


def machine() -> str:
    """What it was measured on."""
    named = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")
    ]  # fmt: skip
    memory = int(Path("/proc/meminfo").read_text().split()[1]) / 1_000_000
    cores = f"{len(named)} × {named[0]}" if named else platform.machine()
    return f"{cores}, {memory:.0f} GB, {platform.system()} {platform.release().partition('-')[0]}, Python {platform.python_version()}"


def markdown(runs: Sequence[Run]) -> str:
    """The section of the README, whole."""
    parts = [f"Measured by `make bench` on {machine()}."]
    for run in runs:
        parts.append(f"**{run.database}**\n\n" + _table(HEAD, list(lines(run))))
        rows = [(each.name, each.found, each.wanted, "ja" if each.reached else "nee") for each in goals(run)]
        parts.append(_table(("", "gemeten", "te halen", "gehaald"), rows))
    return "\n\n".join(parts) + "\n"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    marks = ["---"] + ["--:"] * (len(head) - 1)
    return "\n".join("| " + " | ".join(each) + " |" for each in (head, marks, *rows))


def plain(runs: Sequence[Run]) -> Iterator[str]:
    """The same for a terminal."""
    yield machine()
    for run in runs:
        yield f"\n{run.database}"
        yield from _columns([HEAD, *lines(run)])
        yield ""
        yield from _columns([
            (each.name, each.found, each.wanted, "gehaald" if each.reached else "NIET GEHAALD") for each in goals(run)
        ])  # fmt: skip


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        first, *others = (
            each.ljust(width) if not place else each.rjust(width)
            for place, (each, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join([first, *others]).rstrip()
