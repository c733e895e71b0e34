"""Who may see the grey zone: everybody. What is nobody's stays in plain sight."""

from wijkplatform.core.policy import anyone, declare, unsealed
from wijkplatform.coverage.models import Coverage, GreyZone

declare(Coverage, view=[anyone])
declare(GreyZone, view=[unsealed])
