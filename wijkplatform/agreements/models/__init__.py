"""What was agreed (`agreed`), the conversations about it (`talks`), and how it was adjusted (`adjusted`)."""

from wijkplatform.agreements.models.adjusted import CAPACITIES, VERDICTS, Adjustment, AdjustmentVoice, Signal
from wijkplatform.agreements.models.agreed import (
    ARTICLES,
    CRITERIA,
    LOTS,
    MEASURES,
    NEEDS,
    SECTIONS,
    Agreement,
    AuxiliaryIndicator,
    Contract,
    CourseEntry,
    Indicator,
    Milestone,
    PlannedConversation,
)
from wijkplatform.agreements.models.talks import PICTURES, Action, Attendance, Conversation, Standing

__all__ = [
    "ARTICLES",
    "CAPACITIES",
    "CRITERIA",
    "LOTS",
    "MEASURES",
    "NEEDS",
    "PICTURES",
    "SECTIONS",
    "VERDICTS",
    "Action",
    "Adjustment",
    "AdjustmentVoice",
    "Agreement",
    "Attendance",
    "AuxiliaryIndicator",
    "Contract",
    "Conversation",
    "CourseEntry",
    "Indicator",
    "Milestone",
    "PlannedConversation",
    "Signal",
    "Standing",
]
