"""Where the things of the plan have their page: answers the question `address`. A principle has none of its own."""

from typing import Any

from wijkplatform.places import queries as places
from wijkplatform.plans.models import Plan, Section


def address(thing: Any) -> str | None:
    if not isinstance(thing, Plan | Section):
        return None
    plan = f"/wijken/{places.by_id(thing.neighbourhood_id).slug}/plan"
    return plan if isinstance(thing, Plan) else f"{plan}/{thing.code}"
