"""The same request sent twice acts once and is answered twice."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import IdempotencyKey, User
from accounts.services import people
from accounts.services.errors import DomainError

LONGEST_KEY = 80
# No request runs this long, so one that began earlier has crashed and its key is free again.
RUNS_AT_MOST = dt.timedelta(minutes=2)


class KeyNotUsable(DomainError):
    code = "idempotency_key_not_usable"
    message = _("二重送信をふせぐ鍵の形が正しくありません。半角で80文字までにしてください。")


class KeyUsedForSomethingElse(DomainError):
    code = "idempotency_key_used_for_something_else"
    message = _("同じ鍵で、ちがう内容が送られました。画面を開きなおして、もう一度お試しください。")


class StillUnderWay(DomainError):
    code = "still_under_way"
    message = _("同じ内容を受け付けているところです。少し待ってからお試しください。")


@transaction.atomic
def begin(*, user: User, key: str, fingerprint: str, now: dt.datetime) -> IdempotencyKey | None:
    """Claim *key* for one request.

    Returns
    -------
    None where the caller goes on and calls `finish` or `give_up`; else the answer that was already given.

    Raises
    ------
    KeyNotUsable, KeyUsedForSomethingElse, StillUnderWay
    """
    if not 0 < len(key) <= LONGEST_KEY or not (key.isascii() and key.isprintable()):
        raise KeyNotUsable
    if _claim(user, key, fingerprint, now):
        return None
    # Locked, so that of two who find a crashed request only one takes over.
    earlier = IdempotencyKey.objects.select_for_update().filter(user=user, key=key).first()
    if earlier is None:  # given up between the two statements
        raise StillUnderWay
    if earlier.fingerprint != fingerprint:
        raise KeyUsedForSomethingElse
    if earlier.status is not None:
        return earlier
    _take_over(earlier, now)
    return None


@transaction.atomic
def finish(*, user: User, key: str, status: int, body: bytes, content_type: str) -> None:
    """Keep the answer for whoever asks the same again.

    Raises
    ------
    HasLeft
        They closed their account since the request began; nothing of it may be kept then.
    """
    people.hold(user)
    IdempotencyKey.objects.filter(user=user, key=key).update(status=status, body=body, content_type=content_type)


@transaction.atomic
def give_up(*, user: User, key: str) -> None:
    """Nothing was done: the key may be used again at once."""
    IdempotencyKey.objects.filter(user=user, key=key, status=None).delete()


def _claim(user: User, key: str, fingerprint: str, now: dt.datetime) -> bool:
    """Insert without looking first: only the unique constraint can decide between two at once."""
    try:
        with transaction.atomic():
            IdempotencyKey.objects.create(user=user, key=key, fingerprint=fingerprint, created_at=now)
    except IntegrityError:
        return False
    return True


def _take_over(earlier: IdempotencyKey, now: dt.datetime) -> None:
    if now - earlier.created_at < RUNS_AT_MOST:
        raise StillUnderWay
    earlier.created_at = now
    earlier.save(update_fields=["created_at"])
