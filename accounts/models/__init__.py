"""Who someone is, what they agreed to, and who did what."""

from accounts.models.audit import AuditEntry
from accounts.models.consent import Consent
from accounts.models.idempotency import IdempotencyKey
from accounts.models.user import User

__all__ = ["AuditEntry", "Consent", "IdempotencyKey", "User"]
