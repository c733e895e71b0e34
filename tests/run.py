"""`make test` and `make proof`: run the tests in one of two forms, and say in the last lines what was left out.

A part is left out when the machine lacks what it needs; that is said with the command that gets it, and is no failure.
Where nothing may be left out (`.ci/run`), WIJKPLATFORM_TEST_NO_SKIP=1 makes it one.
"""

import os
import sys
import time
from collections import Counter
from typing import Any

import pytest

from tests.support import machine

FORMS = {"short": "not proof", "proof": "proof or both"}
WORKERS = "2"


class LeftOut:
    """Listens to the reports of all workers: what was skipped, and why; and what was measured, to be told at the end."""

    def __init__(self) -> None:
        self.reasons: Counter[str] = Counter()
        self.measured: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call":
            self.measured += [str(value) for name, value in report.user_properties if name == "measured"]
        if report.skipped and not hasattr(report, "wasxfail"):
            self.reasons[_reason(report.longrepr)] += 1

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self.reasons[_reason(report.longrepr)] += 1


def _reason(longrepr: Any) -> str:
    words = longrepr[2] if isinstance(longrepr, tuple) else str(longrepr)
    return str(words).removeprefix("Skipped: ")


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in FORMS:
        print("Zo: python -m tests.run short|proof [wat pytest verder kent]")
        return 2
    form, more = arguments[0], arguments[1:]
    os.environ["WIJKPLATFORM_TEST_FORM"] = form
    for name in [name for name in os.environ if name in machine.SETTINGS or _is_ours(name)]:
        del os.environ[name]
    left_out, started = LeftOut(), time.monotonic()
    options = ["-n", WORKERS, "--dist", "loadgroup", "-m", FORMS[form], "--durations=8", "--durations-min=5"]
    code = int(pytest.main([*options, *more], plugins=[left_out]))
    return _tell(form, code, left_out, time.monotonic() - started)


def _is_ours(name: str) -> bool:
    return name.startswith("WIJKPLATFORM_") and not name.startswith("WIJKPLATFORM_TEST_")


def _tell(form: str, code: int, left_out: LeftOut, seconds: float) -> int:
    """The last lines."""
    if left_out.measured:
        print("", *sorted(left_out.measured), sep="\n")
    print(f"\n{form}: {int(seconds // 60)} min {int(seconds % 60)} s.")
    for reason, number in left_out.reasons.most_common():
        print(f"Overgeslagen: {number} keer. {reason}")
    if not left_out.reasons:
        print("Niets overgeslagen.")
        return code
    if code == 0 and os.environ.get("WIJKPLATFORM_TEST_NO_SKIP") == "1":
        print("Hier mag niets worden overgeslagen.")
        return 1
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
