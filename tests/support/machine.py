"""What this machine has: Chromium, PostgreSQL, Lighthouse; and free ports. What is missing is said with its remedy."""

import os
import shutil
import socket
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = ("DATA_DIR", "HOST", "PORT")

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
POSTGRES = next(
    (path.parent for path in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: -int(p.parts[-3]))),
    None,
) or (Path(found).parent if (found := shutil.which("initdb")) else None)
LIGHTHOUSE = next(
    (
        str(path)
        for path in (ROOT / "tests/lighthouse/node_modules/.bin/lighthouse", Path(shutil.which("lighthouse") or "/-"))
        if path.exists()
    ),
    None,
)

needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="Chromium ontbreekt. Installeer het met: sudo apt-get install chromium"
)
needs_postgres = pytest.mark.skipif(
    POSTGRES is None, reason="PostgreSQL ontbreekt. Installeer het met: sudo apt-get install postgresql"
)
needs_lighthouse = pytest.mark.skipif(
    LIGHTHOUSE is None or CHROMIUM is None,
    reason="Lighthouse ontbreekt. Installeer het met: cd tests/lighthouse && npm ci",
)


def dies_with_us(signal_name: str) -> list[str]:
    """The beginning of a command that gets this signal when the tests end, however they end; nothing where that cannot."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", signal_name, "--"] if setpriv else []


def free_port() -> int:
    """A port that is free now, on this machine alone."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def plain_environment(**more: str) -> dict[str, str]:
    """The environment of a command we start: ours without any setting of the product but these."""
    kept = {
        name: value for name, value in os.environ.items()
        if name not in SETTINGS and not name.startswith(("WIJKPLATFORM_", "PYTEST_"))
    }  # fmt: skip
    return {**kept, "PYTHONUNBUFFERED": "1", **more}
