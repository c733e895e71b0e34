"""Who may see remarks and answers: everybody. Who may make one says the policy of what it is about."""

from wijkplatform.core.policy import anyone, declare, unsealed
from wijkplatform.remarks.models import Remark

declare(Remark, view=[anyone, unsealed])
