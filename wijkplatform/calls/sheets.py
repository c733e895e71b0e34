"""The note of answers as a file for a spreadsheet: every remark with its answer, and nobody's name."""

import hashlib
from typing import Any

from wijkplatform.core import clock, spreadsheet
from wijkplatform.remarks.exchange import IN_DUTCH

#: The columns, in this order; new ones come after them. Who reads the file by machine relies on them.
COLUMNS = (
    "reactie", "artikel", "artikelnummer", "artikeltitel", "versie", "datum", "door", "antwoord_op", "citaat", "tekst",
    "taal", "afweging", "antwoord", "gewijzigd_van", "gewijzigd_naar", "waarom_geen_wijziging", "beantwoord_op",
)  # fmt: skip


def note(found: Any) -> bytes:
    """Every remark with its answer, a row each. Nobody is named."""
    codes = {said.remark.id: said.remark.code for chapter in found.chapters for said in chapter.said}
    rows = [_row(chapter.article, said, codes) for chapter in found.chapters for said in chapter.said]
    return spreadsheet.written(COLUMNS, ([spreadsheet.guarded(cell) for cell in row] for row in rows))


def _row(article: Any, said: Any, codes: dict[int, str]) -> list[str]:
    remark, answer = said.remark, said.remark.answer
    before, after = said.change or ("", "")
    return [
        remark.code, article.code, str(article.number), article.title, str(said.number or ""),
        clock.local(remark.said_at).date().isoformat(), said.who or "bewoner", codes.get(remark.reply_to_id, ""),
        remark.quote or "", remark.text, remark.language, IN_DUTCH[answer.verdict] if answer else "",
        answer.reason if answer else "", str(before), str(after), (answer.unchanged or "") if answer else "",
        clock.local(answer.answered_at).date().isoformat() if answer and answer.answered_at else "",
    ]  # fmt: skip


def mark(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]
