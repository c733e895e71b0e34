"""Whoever may see a thing may see what hangs on it; who may hang something on it, the thing's own table says."""

from typing import Any

from wijkplatform.attachments.models import Attachment
from wijkplatform.core import policy
from wijkplatform.core.actor import Actor
from wijkplatform.core.db import db, model_of
from wijkplatform.core.policy import declare, rule, unsealed
from wijkplatform.core.words import _l


@rule(_l("Deze bladzijde is er niet."))
def of_what_may_be_seen(actor: Actor, thing: Any) -> bool:
    about = db.session.get(model_of(thing.thing_kind), thing.thing_id)
    return about is not None and policy.may(actor, "view", about)


declare(Attachment, view=[unsealed, of_what_may_be_seen])
