"""How long suggestions are kept, and accounts that nothing came of; and the rules of all rooms.

An answer to a suggestion says what somebody likes, silence says nothing.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import retention
from accounts.services.retention import Rule
from matching.models import Suggestion, SuggestionStatus
from matching.services import personal_data
from matching.services.leaving import closing
from notifications.models import ActionLink, Notification
from notifications.services import retention as of_messages
from organisations.models import DeskMembership, Invitation, Membership
from organisations.services import retention as of_organisations
from volunteers.models import GuardianRequest, Volunteer
from volunteers.services import retention as of_people
from volunteers.services.guardians import silent


def never_came(before: dt.datetime) -> QuerySet[User]:
    """Return accounts older than *before* of people who never signed in, and have and are asked nothing.

    An invitation that could be answered until lately is something to come for.
    """
    own = {"user": OuterRef("pk")}
    return User.objects.filter(
        ~Exists(Volunteer.objects.filter(**own)),
        ~Exists(Membership.objects.filter(**own)),
        ~Exists(DeskMembership.objects.filter(**own)),
        ~Exists(Invitation.objects.filter(**own, expires_at__gte=before)),
        ~Exists(GuardianRequest.objects.filter(guardian=OuterRef("pk"))),
        last_login=None,
        joined_at__lt=before,
        is_staff=False,
        closed_at=None,
    )


def written_to_nobody(before: dt.datetime) -> QuerySet[User]:
    """Return accounts closed before *before* to which there are still letters, links or invitations.

    Who writes in the very moment of a closing neither sees it nor is seen by it.
    """
    own = {"user": OuterRef("pk")}
    left = Q()
    for model in (Notification, ActionLink, Invitation, Membership):
        left |= Q(Exists(model._default_manager.filter(**own)))
    left |= Q(Exists(GuardianRequest.objects.filter(guardian=OuterRef("pk"))))
    return User.objects.filter(left, closed_at__lt=before)


RULES = (
    Rule(
        _("返事のなかったおすすめ"),
        dt.timedelta(days=365),
        lambda before: Suggestion.objects.filter(status=SuggestionStatus.EXPIRED, feedback=None, planned_at__lt=before),
    ),
    Rule(
        _("16歳未満で、保護者の方のお返事がない方の登録(最後にお願いしてから)"),
        silent.KEPT_FOR,
        lambda before: silent.waited_since(before).select_related("user"),
        lambda person, now: closing.close(user=person.user, now=now, actor=None),
    ),
    Rule(
        _("招待やお願いだけで、一度もサインインしていないメールアドレス"),
        dt.timedelta(days=90),
        never_came,
    ),
    Rule(
        _("退会と入れちがいに、その方にあててほかの方が書いたもの"),
        dt.timedelta(days=1),
        written_to_nobody,
        personal_data.erase_again,
    ),
)

KEPT = (*retention.RULES, *of_messages.RULES, *of_organisations.RULES, *of_people.RULES, *RULES)
"""Of all rooms."""
