"""Who may see the grey zone: everybody. What is nobody's stays in plain sight."""

from wijkplatform.core.policy import declare, unsealed
from wijkplatform.coverage.models import GreyZone

declare(GreyZone, view=[unsealed])
