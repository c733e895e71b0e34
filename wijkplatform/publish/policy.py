"""Who may have the open data: everybody. What stands in it is asked of each thing, as a visitor."""

from wijkplatform.core.policy import anyone, declare
from wijkplatform.publish.models import Asked

declare(Asked, view=[anyone])
