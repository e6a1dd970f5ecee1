"""When is what looked after. The rows say what there is to do, so every task may come late, twice or at once."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0


@dataclass(frozen=True)
class Entry:
    """A task, how often it is sent, and why."""

    task: str
    every_s: float
    why: str


SCHEDULE = [
    Entry(
        "worker.tasks.request_run",
        HOUR,
        "once a day all lists are computed anew, and when weights or many roles changed",
    ),
    Entry("worker.tasks.carry_out_runs", settings.POLL_EVERY_S, "a run that was asked for begins, and is helped along"),
    Entry(
        "worker.tasks.refresh_shortlists", settings.POLL_EVERY_S, "changed profiles and roles find each other at once"
    ),
    Entry("worker.tasks.plan_digests", MINUTE, "a run that is done is told to people, where nobody was nudged to"),
    Entry(
        "worker.tasks.note_best_changes", MINUTE, "of a run that is done coordinators see what would help scarce roles"
    ),
    Entry("worker.tasks.pass_on_places", settings.POLL_EVERY_S, "a place that is free goes to who waits for it"),
    Entry("worker.tasks.release_holds", MINUTE, "places that were kept for a team long enough are free for others"),
    Entry("worker.tasks.remind_of_holds", HOUR, "a company hears in time that the places kept for its team run out"),
    Entry("worker.tasks.tell_pledges", MINUTE, "who said they could help hears when there is a role"),
    Entry("worker.tasks.plan_reminders", 10 * MINUTE, "people are reminded two days and one evening before"),
    Entry("worker.tasks.tell_new_places", MINUTE, "who comes to what takes place elsewhere now hears of it"),
    Entry("worker.tasks.ask_who_came", 10 * MINUTE, "hours after a time is over its organisation is asked who came"),
    Entry("worker.tasks.seek_stand_ins", MINUTE, "where somebody cannot come after all, a few others are asked"),
    Entry(
        "worker.tasks.propose_offers",
        10 * MINUTE,
        "offers and the needs they suit are put before all three sides, new ones soon",
    ),
    Entry("worker.tasks.drain_outbox", settings.POLL_EVERY_S, "messages go out when they are due"),
    Entry(
        "worker.tasks.refit_weights", DAY, "the weights follow people's answers once a week, where that is switched on"
    ),
    Entry(
        "worker.tasks.watch_hosts", 10 * MINUTE, "who asked to come gets an answer, or somebody hears that they wait"
    ),
    Entry("worker.tasks.watch_worries", 10 * MINUTE, "a worry that nobody answers is told to whoever could"),
    Entry("worker.tasks.sweep", 10 * MINUTE, "what is over is closed, and what runs leave behind is removed"),
    Entry("worker.tasks.extend_repeats", DAY, "what comes round every week has its times for the next eight weeks"),
    Entry("worker.tasks.note_feeds", MINUTE, "who follows the open feeds hears of what came, changed and went"),
    Entry("worker.tasks.watch_initiatives", 10 * MINUTE, "who would like to start something is answered in time"),
    Entry("worker.tasks.remind_of_deadlines", HOUR, "groups hear in time that the deadline of a grant comes near"),
    Entry(
        "worker.tasks.ask_whether_finished", HOUR, "days after a cooperation its sides are asked to say that it is done"
    ),
    Entry("worker.tasks.forget", DAY, "nothing is kept longer than the rules of retention say"),
    Entry(
        "worker.tasks.look_after_consents",
        HOUR,
        "guardians are asked again in time, the young are warned, and after the end nothing goes on",
    ),
]
