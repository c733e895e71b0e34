"""The note of answers as a sheet: semicolons and a mark at the beginning, as Dutch spreadsheets open it."""

import csv
import hashlib
import io
from typing import Any

from wijkplatform.core import clock

#: The columns, in this order; new ones come after them. Who reads the file by machine relies on them.
COLUMNS = (
    "reactie", "artikel", "artikelnummer", "artikeltitel", "versie", "datum", "door", "antwoord_op", "citaat", "tekst",
    "taal", "afweging", "antwoord", "gewijzigd_van", "gewijzigd_naar", "waarom_geen_wijziging", "beantwoord_op",
)  # fmt: skip
VERDICTS = {
    "adopted": "overgenomen", "partly": "deels_overgenomen", "declined": "niet_overgenomen", "passed_on": "doorverwezen",
}  # fmt: skip
#: What a spreadsheet takes for the beginning of a formula, also in their wide forms.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def note(found: Any) -> bytes:
    """Every remark with its answer, a row each. Nobody is named."""
    codes = {said.remark.id: said.remark.code for chapter in found.chapters for said in chapter.said}
    rows = [_row(chapter.article, said, codes) for chapter in found.chapters for said in chapter.said]
    return sheet(COLUMNS, rows)


def _row(article: Any, said: Any, codes: dict[int, str]) -> list[str]:
    remark, answer = said.remark, said.remark.answer
    before, after = said.change or ("", "")
    return [
        remark.code, article.code, str(article.number), article.title, str(said.number or ""),
        clock.local(remark.said_at).date().isoformat(), said.who or "bewoner", codes.get(remark.reply_to_id, ""),
        remark.quote or "", remark.text, remark.language, VERDICTS[answer.verdict] if answer else "",
        answer.reason if answer else "", str(before), str(after), (answer.unchanged or "") if answer else "",
        clock.local(answer.answered_at).date().isoformat() if answer and answer.answered_at else "",
    ]  # fmt: skip


def sheet(columns: Any, rows: Any) -> bytes:
    """A file with a line per row; lines end as the standard says."""
    made = io.StringIO(newline="")
    writer = csv.writer(made, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(columns)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return made.getvalue().encode("utf-8-sig")


def guarded(cell: str) -> str:
    """A cell that a spreadsheet shows as it is: what looks like a formula gets an apostrophe before it.

    A cell that begins with an apostrophe gets one too, so that taking one away always gives back what was there.
    """
    return f"'{cell}" if cell.startswith((*FORMULA, "'")) or cell.lstrip().startswith(FORMULA) else cell


def mark(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]
