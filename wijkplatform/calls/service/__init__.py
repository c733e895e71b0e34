"""The call: taking it over and bringing it out, and what people say about its draft."""

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
    "Meant", "apply_article", "apply_call", "apply_edition", "apply_information_note", "apply_lot", "apply_question",
    "apply_response_note", "apply_save", "remark", "reply",
]  # fmt: skip
