"""What of the agreements may be seen at all, for the lists and joins of the others."""

from typing import Any

from wijkplatform.agreements.models import Agreement, Contract, Conversation
from wijkplatform.core.actor import Actor
from wijkplatform.core.policy import visible


def talks(actor: Actor) -> Any:
    """The ids of the conversations that this actor may see."""
    return visible(actor, Conversation).with_only_columns(Conversation.id)


def agreements(actor: Actor) -> Any:
    """The same of agreements: one under a contract that is not public yet is not public either."""
    open_contracts = visible(actor, Contract).with_only_columns(Contract.id)
    return visible(actor, Agreement).where(Agreement.contract_id.in_(open_contracts)).with_only_columns(Agreement.id)
