"""The repair desk: staff look at rows, put words right, and take the same steps that people take."""

from web.admin import accounts, matching, notifications, organisations, roles, vocabulary, volunteers

__all__ = ["accounts", "matching", "notifications", "organisations", "roles", "vocabulary", "volunteers"]
