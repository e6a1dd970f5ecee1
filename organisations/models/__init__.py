"""Who asks for help, where, with what."""

from organisations.models.organisation import Membership, Organisation
from organisations.models.place import Town, Venue
from organisations.models.role import Role, RoleActivity, Slot
from organisations.models.support_desk import DeskMembership, SupportDesk
from organisations.models.vocabulary import AccessFeature, Activity, Qualification, Skill

__all__ = [
    "AccessFeature",
    "Activity",
    "DeskMembership",
    "Membership",
    "Organisation",
    "Qualification",
    "Role",
    "RoleActivity",
    "Skill",
    "Slot",
    "SupportDesk",
    "Town",
    "Venue",
]
