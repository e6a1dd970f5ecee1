"""Who helps, when they are free, and what they agreed to do."""

from volunteers.models.application import Application
from volunteers.models.availability import Availability, AvailabilityException
from volunteers.models.placement import Placement
from volunteers.models.volunteer import HeldQualification, Volunteer

__all__ = ["Application", "Availability", "AvailabilityException", "HeldQualification", "Placement", "Volunteer"]
