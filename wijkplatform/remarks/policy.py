"""Who may see remarks and answers: everybody. The municipality answers; who may remark says what the remark is about."""

from typing import Any

from wijkplatform.core.actor import Actor
from wijkplatform.core.policy import anyone, declare, rule, unsealed
from wijkplatform.core.words import _l
from wijkplatform.places.policy import official
from wijkplatform.remarks.models import Remark


@rule(_l("Dit antwoord is uitgekomen met de volgende versie. Het ligt nu vast."))
def not_out_yet(actor: Actor, thing: Any) -> bool:
    """An answer can be made better until the version comes out that it was given for."""
    return thing.answer is None or thing.answer.edition is None


declare(Remark, view=[anyone, unsealed], answer=[official, not_out_yet])
