"""Who may see a handover: everybody. The file holds no case data; people are shown by their voices."""

from wijkplatform.core.policy import declare, unsealed
from wijkplatform.handover.models import Handover, HandoverItem, LookBack

declare(Handover, view=[unsealed])
declare(HandoverItem, view=[unsealed])
declare(LookBack, view=[unsealed])
