"""Who helps, when they are free, what they agreed to do, and what they did."""

from volunteers.models.application import Application
from volunteers.models.attendance import Attendance
from volunteers.models.availability import Availability, AvailabilityException
from volunteers.models.guardian_request import GuardianRequest
from volunteers.models.placement import Placement
from volunteers.models.pledge import Pledge
from volunteers.models.thanks import Thanks
from volunteers.models.upload import Upload
from volunteers.models.volunteer import HeldQualification, Volunteer
from volunteers.models.waiting import Waiting

__all__ = [
    "Application",
    "Attendance",
    "Availability",
    "AvailabilityException",
    "GuardianRequest",
    "HeldQualification",
    "Placement",
    "Pledge",
    "Thanks",
    "Upload",
    "Volunteer",
    "Waiting",
]
