"""The line: a feature imports only what stands before it. The tests read it too.

Still to come, and where: `record` before `plans`; `workshops` before `coverage`; `notices` between
`influence` and `search`.
"""

FEATURES = (
    # engines
    "people", "places", "index", "attachments", "texts", "remarks", "rounds",
    # the circle
    "agenda", "plans", "criteria", "calls", "assessment", "agreements", "handover",
    # across the circle
    "coverage", "influence", "search", "publish", "home",
)  # fmt: skip
