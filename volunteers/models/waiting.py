"""Somebody would like a place of a slot that is full."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisations.models import Slot


class WaitingQuerySet(models.QuerySet["Waiting"]):
    def alive(self) -> WaitingQuerySet:
        return self.filter(ended_at=None)

    def ahead_of(self, slot: Slot) -> WaitingQuerySet:
        """Those who come before any newcomer to *slot*, the longest waiting first."""
        return self.alive().filter(slot=slot).order_by("since", "pk")


class Waiting(models.Model):
    """A place in the queue. While it is offered, a place of the slot is held for this person."""

    volunteer = models.ForeignKey(
        "volunteers.Volunteer", models.CASCADE, related_name="waiting", verbose_name=_("参加者")
    )
    slot = models.ForeignKey("organisations.Slot", models.CASCADE, related_name="waiting", verbose_name=_("枠"))
    since = models.DateTimeField(_("待ちはじめた日時"))
    offered_at = models.DateTimeField(_("声をかけた日時"), null=True, blank=True)
    offered_until = models.DateTimeField(_("返事の期限"), null=True, blank=True)
    ended_at = models.DateTimeField(_("終わった日時"), null=True, blank=True)
    held = models.PositiveSmallIntegerField(
        _("とってある人数"), default=0, editable=False, help_text="the person's party may change meanwhile"
    )

    objects = WaitingQuerySet.as_manager()

    class Meta:
        verbose_name = _("空き待ち")
        verbose_name_plural = _("空き待ち")
        indexes = [models.Index(fields=["slot", "since"], condition=Q(ended_at=None), name="waiting_in_order")]
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer", "slot"], condition=Q(ended_at=None), name="waiting_once_per_slot"
            ),
            models.CheckConstraint(
                condition=Q(offered_at=None, offered_until=None)
                | Q(offered_at__isnull=False, offered_until__isnull=False),
                name="waiting_offer_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(held=0) | Q(offered_at__isnull=False, ended_at=None), name="waiting_holds_what_it_offers"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer} … {self.slot_id}"
