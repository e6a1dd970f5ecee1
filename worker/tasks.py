"""Thin tasks: read the clock, call a service. After work was done, the task that follows from it is sent at once."""

from __future__ import annotations

from django.utils import timezone

from accounts.services import retention
from matching.services.asking import digests, follow_up, stand_ins
from matching.services.coordinating import another_day
from matching.services.explaining import best_changes
from matching.services.listing import role_changes, shortlists, weights
from matching.services.proposing import offer_letters
from matching.services.proposing import offers as matched_offers
from matching.services.retention import KEPT
from matching.services.running import runs
from notifications.services import outbox
from organisations.services.cooperations import ending, unfinished
from organisations.services.cooperations import letters as cooperation_letters
from organisations.services.hosts import invitations
from organisations.services.made_public import feeds, support_notices
from organisations.services.needs import ends
from organisations.services.offers import closing as offers_closing
from organisations.services.roles import closing as roles_closing
from organisations.services.taking_up import hosting, initiatives
from organisations.services.teams import hold_reminders, holds
from organisations.services.times import repeats
from organisations.services.worries import unanswered, worry_letters
from volunteers.services import pledges
from volunteers.services.attendance import who_came
from volunteers.services.changing import moving, new_places
from volunteers.services.guardians import ending as guardians_ending
from volunteers.services.guardians import letters as consent_letters
from volunteers.services.guardians import silent
from volunteers.services.taking_part import clock
from volunteers.services.telling import guardian_letters, letters, reminders
from volunteers.services.waiting_lists import passing_on
from worker.celery import app

PARTS_AT_ONCE = 10
PEOPLE_AT_ONCE = 500
ROLES_AT_ONCE = 100
MESSAGES_AT_ONCE = 200
CHANGES_AT_ONCE = 20

RECHECKS = {
    **letters.STILL_RIGHT,
    **clock.STILL_RIGHT,
    **moving.STILL_RIGHT,
    **new_places.STILL_RIGHT,
    **initiatives.STILL_RIGHT,
    **invitations.STILL_RIGHT,
    **cooperation_letters.STILL_RIGHT,
    **hold_reminders.STILL_RIGHT,
    **hosting.STILL_RIGHT,
    **guardian_letters.STILL_RIGHT,
    **consent_letters.STILL_RIGHT,
    **passing_on.STILL_RIGHT,
    **pledges.STILL_RIGHT,
    **reminders.STILL_RIGHT,
    **silent.STILL_RIGHT,
    **support_notices.STILL_RIGHT,
    **unfinished.STILL_RIGHT,
    **who_came.STILL_RIGHT,
    **worry_letters.STILL_RIGHT,
    **follow_up.RECHECKS,
    **another_day.STILL_RIGHT,
    **offer_letters.STILL_RIGHT,
}


@app.task
def request_run() -> None:
    if runs.request_when_due(now=timezone.now()) is not None:
        carry_out_runs.delay()


@app.task
def carry_out_runs() -> None:
    """Some parts at a time, so that no task comes near its time limit."""
    progress = runs.carry_out(now=timezone.now(), at_most=PARTS_AT_ONCE)
    if progress.parts_done_here == PARTS_AT_ONCE:
        carry_out_runs.delay()
    elif progress.parts_done_here:
        plan_digests.delay()
        note_best_changes.delay()


@app.task
def refresh_shortlists() -> None:
    people = shortlists.refresh_stale(now=timezone.now(), limit=PEOPLE_AT_ONCE)
    roles_in = role_changes.bring_in(now=timezone.now(), limit=ROLES_AT_ONCE)
    if roles_in == ROLES_AT_ONCE:
        request_run.delay()
    if people == PEOPLE_AT_ONCE or roles_in == ROLES_AT_ONCE:
        refresh_shortlists.delay()


@app.task
def plan_digests() -> None:
    if digests.plan(now=timezone.now()):
        drain_outbox.delay()


@app.task
def note_best_changes() -> None:
    if best_changes.note(limit=CHANGES_AT_ONCE) == CHANGES_AT_ONCE:
        note_best_changes.delay()


@app.task
def drain_outbox() -> None:
    delivered = outbox.deliver_due(now=timezone.now(), still_right=RECHECKS, limit=MESSAGES_AT_ONCE)
    follow_up.note_delivered()
    if delivered.sent + delivered.dropped + delivered.later + delivered.failed >= MESSAGES_AT_ONCE:
        drain_outbox.delay()


@app.task
def pass_on_places() -> None:
    if passing_on.pass_on(now=timezone.now()):
        drain_outbox.delay()


@app.task
def release_holds() -> None:
    if holds.release_due(now=timezone.now()):
        pass_on_places.delay()


@app.task
def remind_of_holds() -> None:
    if hold_reminders.remind(now=timezone.now()):
        drain_outbox.delay()


@app.task
def tell_pledges() -> None:
    if pledges.tell_taken_up(now=timezone.now()):
        drain_outbox.delay()


@app.task
def plan_reminders() -> None:
    if reminders.plan(now=timezone.now()):
        drain_outbox.delay()


@app.task
def tell_new_places() -> None:
    if new_places.tell(now=timezone.now()):
        drain_outbox.delay()


@app.task
def ask_who_came() -> None:
    if who_came.plan(now=timezone.now()):
        drain_outbox.delay()


@app.task
def seek_stand_ins() -> None:
    if stand_ins.seek(now=timezone.now()):
        drain_outbox.delay()


@app.task
def propose_offers() -> None:
    if matched_offers.propose(now=timezone.now()):
        drain_outbox.delay()


@app.task
def extend_repeats() -> None:
    if repeats.extend(now=timezone.now()):
        refresh_shortlists.delay()


@app.task
def refit_weights() -> None:
    weights.refit_when_due(now=timezone.now())


@app.task
def watch_hosts() -> None:
    if clock.tick(now=timezone.now()):
        drain_outbox.delay()


@app.task
def watch_worries() -> None:
    if unanswered.tick(now=timezone.now()):
        drain_outbox.delay()


@app.task
def watch_initiatives() -> None:
    if initiatives.tick(now=timezone.now()):
        drain_outbox.delay()


@app.task
def remind_of_deadlines() -> None:
    if support_notices.remind(now=timezone.now()):
        drain_outbox.delay()


@app.task
def ask_whether_finished() -> None:
    if unfinished.ask(now=timezone.now()):
        drain_outbox.delay()


@app.task
def sweep() -> None:
    now = timezone.now()
    roles_closing.close_past(now=now)
    offers_closing.close_past(now=now)
    ending.end_stale(now=now)
    ends.close_past(now=now)
    follow_up.expire(now=now)
    runs.forget(now=now)


@app.task
def note_feeds() -> None:
    feeds.note_changes(now=timezone.now())


@app.task
def forget() -> None:
    retention.forget(KEPT, now=timezone.now())


@app.task
def look_after_consents() -> None:
    now = timezone.now()
    guardians_ending.remind(now=now)
    guardians_ending.end_over(now=now)
    silent.warn(now=now)
