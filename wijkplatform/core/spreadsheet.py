"""Rows as a file for a spreadsheet: semicolons and a mark at the beginning, as Dutch spreadsheets open it."""

import csv
import io
from collections.abc import Iterable, Sequence

#: What a spreadsheet takes for the beginning of a formula, also after any space, and also in their wide forms.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
GUARD = "'"


def written(columns: Sequence[str], rows: Iterable[Iterable[str]]) -> bytes:
    """A line per row, as it is: whoever has texts of people guards them first. Lines end as the standard says."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def guarded(text: str) -> str:
    """A text that a spreadsheet shows as it is: what looks like a formula gets an apostrophe before it.

    A text that begins with an apostrophe gets one too, so that taking one away always gives back what was there.
    """
    return GUARD + text if text.startswith((*FORMULA, GUARD)) or text.lstrip().startswith(FORMULA) else text
