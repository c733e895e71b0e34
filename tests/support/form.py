"""Which form of the tests is running: short (every change) or proof (long)."""

import os
from typing import Any

LONG = os.environ.get("WIJKPLATFORM_TEST_FORM", "short") == "proof"
STRICT = os.environ.get("WIJKPLATFORM_TEST_NO_SKIP") == "1"


def wide(short: Any, proof: Any) -> Any:
    """A few in the short form, all of them in the long one."""
    return proof if LONG else short
