"""Days on which nearly everybody is at home: public holidays, and the turn of the year. A Sunday is none by itself."""

from __future__ import annotations

import datetime as dt

import jpholiday

# As the Act on Holidays of Administrative Organs says, 29 December to 3 January.
TURN_OF_THE_YEAR = {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}


def is_day_off(on: dt.date) -> bool:
    return (on.month, on.day) in TURN_OF_THE_YEAR or bool(jpholiday.is_holiday(on))
