"""Who asks for help, where, with what."""

from organisations.models.invitation import Invitation
from organisations.models.organisation import Membership, Organisation
from organisations.models.place import District, Town, Venue
from organisations.models.repeat import Repeat
from organisations.models.review import Review
from organisations.models.rewording import Rewording
from organisations.models.role import Role, RoleActivity, Slot
from organisations.models.support_desk import DeskMembership, SupportDesk
from organisations.models.vocabulary import AccessFeature, Activity, Qualification, Skill

__all__ = [
    "AccessFeature",
    "Activity",
    "DeskMembership",
    "District",
    "Invitation",
    "Membership",
    "Organisation",
    "Qualification",
    "Repeat",
    "Review",
    "Rewording",
    "Role",
    "RoleActivity",
    "Skill",
    "Slot",
    "SupportDesk",
    "Town",
    "Venue",
]
