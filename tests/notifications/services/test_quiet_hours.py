import datetime as dt

import pytest

from notifications.models import Channel
from notifications.services import quiet_hours
from tests.factories import TOKYO


def on(day, hour, minute=0, second=0):
    return dt.datetime(2027, 3, day, hour, minute, second, tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("moment", "goes_out"),
    [
        (on(1, 20, 59, 59), on(1, 20, 59, 59)),
        (on(1, 21), on(2, 8)),
        (on(1, 23, 59, 59), on(2, 8)),
        (on(2, 0), on(2, 8)),
        (on(2, 7, 59, 59), on(2, 8)),
        (on(2, 8), on(2, 8)),
        (on(31, 22), dt.datetime(2027, 4, 1, 8, tzinfo=TOKYO)),
    ],
)
def test_from_nine_in_the_evening_until_eight_nothing_rings(moment, goes_out):
    assert quiet_hours.after(moment) == goes_out
    assert quiet_hours.after(moment.astimezone(dt.UTC)) == goes_out  # the clock on the wall counts


def test_quiet_hours_may_lie_within_one_day(settings):
    settings.QUIET_FROM, settings.QUIET_UNTIL = dt.time(12), dt.time(13)
    assert quiet_hours.after(on(1, 12, 30)) == on(1, 13)
    assert quiet_hours.after(on(1, 13)) == on(1, 13)
    assert quiet_hours.after(on(1, 23)) == on(1, 23)


def test_quiet_hours_can_be_switched_off(settings):
    settings.IS_QUIET_AT_NIGHT = False
    assert quiet_hours.after(on(1, 23)) == on(1, 23)


@pytest.mark.parametrize(
    ("channel", "is_urgent", "goes_out"),
    [
        (Channel.EMAIL, False, on(2, 8)),
        (Channel.EMAIL, True, on(1, 23)),
        (Channel.INBOX, False, on(1, 23)),
        (Channel.CALL_LIST, False, on(1, 23)),
    ],
)
def test_only_what_makes_a_sound_waits(channel, is_urgent, goes_out):
    assert quiet_hours.for_channel(channel, on(1, 23), is_urgent=is_urgent) == goes_out
