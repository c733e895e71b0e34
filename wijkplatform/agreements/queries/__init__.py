"""Reading the agreements: all of them (`overview`), one (`story`), a conversation about them (`talks`)."""

from wijkplatform.agreements.queries.overview import PAGE, Listing, contracts, listing, missed, next_talk, summary
from wijkplatform.agreements.queries.story import adjustments, agreement_of, bid_of, course, holds_from, named, stories
from wijkplatform.agreements.queries.talks import around, conversation_of, looked_back, reported

__all__ = [
    "PAGE",
    "Listing",
    "adjustments",
    "agreement_of",
    "around",
    "bid_of",
    "contracts",
    "conversation_of",
    "course",
    "holds_from",
    "listing",
    "looked_back",
    "missed",
    "named",
    "next_talk",
    "reported",
    "stories",
    "summary",
]
