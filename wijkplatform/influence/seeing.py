"""Who may see a thing, with what it hangs on: an article of a sealed call is as sealed as the call.

The one question of the chain, of search and of open data, asked of many things at once inside a statement.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import aliased

from wijkplatform.agreements.models import Adjustment, Agreement, Contract, Conversation
from wijkplatform.calls.models import Article, Call, InformationNote, Question
from wijkplatform.core import clock
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import model_of
from wijkplatform.core.policy import visible
from wijkplatform.criteria.models import CriteriaSet, Criterion
from wijkplatform.handover.models import Handover, HandoverItem
from wijkplatform.plans.models import Plan, Section
from wijkplatform.remarks.models import Remark

#: What a thing hangs on: when that is sealed, so is the thing.
HANGS_ON: dict[type[Any], tuple[Any, type[Any]]] = {
    Section: (Section.plan_id, Plan), Article: (Article.call_id, Call), Criterion: (Criterion.criteria_set_id, CriteriaSet),
    InformationNote: (InformationNote.call_id, Call), Question: (Question.note_id, InformationNote),
    Agreement: (Agreement.contract_id, Contract), Conversation: (Conversation.contract_id, Contract),
    Adjustment: (Adjustment.agreement_id, Agreement), HandoverItem: (HandoverItem.handover_id, Handover),
}  # fmt: skip
#: What people remark on.
SPOKEN_ABOUT = ("article", "call", "section", "plan", "need")


def seen(actor: Actor, model: type[Any]) -> Select[Any]:
    """What this actor may see of a kind, and of what it hangs on: the question that its pages ask as well."""
    return visible(actor, model).where(*_hanging(actor, model))


def shown(actor: Actor, model: type[Any], id_: Any) -> ColumnElement[bool]:
    """The same about one thing, inside another query that knows its primary key."""
    return seen(actor, model).with_only_columns(model.id).where(model.id == id_).exists()


def _hanging(actor: Actor, model: type[Any]) -> list[ColumnElement[bool]]:
    if model is Remark:
        above = aliased(Remark)
        answered = select(above.id).where(
            above.id == Remark.reply_to_id, or_(above.sealed_until.is_(None), above.sealed_until <= clock.now())
        )
        about = [
            and_(Remark.about_kind == kind, shown(actor, model_of(kind), Remark.about_id)) for kind in SPOKEN_ABOUT
        ]
        return [or_(*about), or_(Remark.reply_to_id.is_(None), answered.exists())]
    if model not in HANGS_ON:
        return []
    column, above_model = HANGS_ON[model]
    return [or_(column.is_(None), shown(actor, above_model, column))]
