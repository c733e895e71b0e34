"""Who may see the call: everybody, from its first version on. Bidders and residents read the same."""

from wijkplatform.calls.models import Article, Call, InformationNote, Lot, Question, ResponseNote
from wijkplatform.core.policy import anyone, declare, unsealed

declare(Call, view=[anyone, unsealed])
declare(Lot, view=[anyone, unsealed])
declare(Article, view=[anyone, unsealed])
declare(ResponseNote, view=[anyone, unsealed])
declare(InformationNote, view=[anyone, unsealed])
declare(Question, view=[anyone, unsealed])
