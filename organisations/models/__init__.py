"""Who asks for help, where, with what."""

from organisations.models.brought_event import BroughtEvent
from organisations.models.case_study import CasePhoto, CaseStudy
from organisations.models.cooperation import Booking, Cooperation
from organisations.models.feed_item import FeedItem
from organisations.models.initiative import Initiative
from organisations.models.invitation import Invitation
from organisations.models.need import HostingRequest, Need
from organisations.models.offer import Offer
from organisations.models.organisation import Membership, Organisation
from organisations.models.place import District, Town, Venue
from organisations.models.repeat import Repeat
from organisations.models.review import Review
from organisations.models.rewording import Rewording
from organisations.models.role import Role, RoleActivity, Slot
from organisations.models.support_desk import DeskMembership, SupportDesk
from organisations.models.support_notice import NoticeFollow, SupportNotice
from organisations.models.team import Hold, Team
from organisations.models.vocabulary import AccessFeature, Activity, Qualification, Skill
from organisations.models.worry import Referral, Worry

__all__ = [
    "AccessFeature",
    "Activity",
    "Booking",
    "BroughtEvent",
    "CasePhoto",
    "CaseStudy",
    "Cooperation",
    "DeskMembership",
    "District",
    "FeedItem",
    "Hold",
    "HostingRequest",
    "Initiative",
    "Invitation",
    "Membership",
    "Need",
    "NoticeFollow",
    "Offer",
    "Organisation",
    "Qualification",
    "Referral",
    "Repeat",
    "Review",
    "Rewording",
    "Role",
    "RoleActivity",
    "Skill",
    "Slot",
    "SupportDesk",
    "SupportNotice",
    "Team",
    "Town",
    "Venue",
    "Worry",
]
