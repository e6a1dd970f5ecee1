"""How people hear: the outbox, where they can be reached, what they want to hear."""

from notifications.models.action_link import ActionLink
from notifications.models.call import Call
from notifications.models.contact_point import Channel, ContactPoint
from notifications.models.notification import Delivery, Notification, Status
from notifications.models.preference import Preference

__all__ = ["ActionLink", "Call", "Channel", "ContactPoint", "Delivery", "Notification", "Preference", "Status"]
