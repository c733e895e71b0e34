"""Who may see what was agreed and how it goes: everybody. Names are shown as people chose, by their voices."""

from wijkplatform.agreements.models import Action, Adjustment, Agreement, Contract, Conversation, Signal, Standing
from wijkplatform.core.policy import anyone, declare, unsealed

declare(Contract, view=[unsealed])
declare(Agreement, view=[unsealed])
declare(Conversation, view=[unsealed])
declare(Standing, view=[anyone])
declare(Action, view=[unsealed])
declare(Signal, view=[anyone])
declare(Adjustment, view=[unsealed])
