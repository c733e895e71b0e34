"""Who may see the criteria: everybody. What bids are judged on is public from the first proposal."""

from wijkplatform.core.policy import anyone, declare, unsealed
from wijkplatform.criteria.models import Criteria, CriteriaSet, Criterion, Requirement, WeightChange, WeightNote

declare(Criteria, view=[anyone])
declare(CriteriaSet, view=[unsealed])
declare(Criterion, view=[unsealed])
declare(Requirement, view=[unsealed])
declare(WeightChange, view=[anyone])
declare(WeightNote, view=[anyone])
