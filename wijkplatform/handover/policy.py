"""Who may see a handover: everybody. The file holds no case data; people are shown by their voices."""

from wijkplatform.core.policy import anyone, declare, unsealed
from wijkplatform.handover.models import Change, Handover, HandoverItem, LookBack

declare(Change, view=[anyone])
declare(Handover, view=[unsealed])
declare(HandoverItem, view=[unsealed])
declare(LookBack, view=[unsealed])
