"""What was computed, what was put before whom, and what they answered."""

from matching.models.allotment import Allotment, RolePrice
from matching.models.memory import FairLook, ListedRole, PackedProfile, RoleText
from matching.models.run import Finding, RoleReport, Run, RunStatus, Shard
from matching.models.shortlist import Shortlist
from matching.models.suggestion import Answer, Feedback, Suggestion, SuggestionStatus, WhyNot
from matching.models.weight_set import WeightSet

__all__ = [
    "Allotment",
    "Answer",
    "FairLook",
    "Feedback",
    "Finding",
    "ListedRole",
    "PackedProfile",
    "RolePrice",
    "RoleReport",
    "RoleText",
    "Run",
    "RunStatus",
    "Shard",
    "Shortlist",
    "Suggestion",
    "SuggestionStatus",
    "WeightSet",
    "WhyNot",
]
