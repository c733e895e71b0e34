"""The call: taking it over and bringing it out, what people say about its draft, and the work on its next version."""

from wijkplatform.calls.service.desk import add_article, answer, drop, move, put_back, revise
from wijkplatform.calls.service.records import (
    apply_article,
    apply_call,
    apply_edition,
    apply_information_note,
    apply_lot,
    apply_question,
    apply_response_note,
    apply_save,
)
from wijkplatform.calls.service.remarking import Meant, remark, reply

__all__ = [
    "Meant", "add_article", "answer", "apply_article", "apply_call", "apply_edition", "apply_information_note",
    "apply_lot", "apply_question", "apply_response_note", "apply_save", "drop", "move", "put_back", "remark", "reply",
    "revise",
]  # fmt: skip
