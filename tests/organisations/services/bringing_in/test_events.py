"""Events of other calendars become drafts; what was brought in once is known again."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.services.errors import DomainError
from organisations.models import BroughtEvent, Organisation, Role
from organisations.models.role import RoleStatus
from organisations.publicity import event_list
from organisations.services.bringing_in import events
from organisations.services.bringing_in.events import EventPlan
from organisations.services.made_public import publishing
from organisations.services.roles import writing
from tests.factories import NOW, MembershipFactory, OrganisationFactory, SlotFactory, VenueFactory

pytestmark = pytest.mark.django_db
HEAD = "NO,イベント名,開始日,終了日,開始時間,終了時間,説明,場所名称,住所,定員"
PICNIC = "a1,花見,2027/4/1,,10:00,12:00,公園で集まります。,中央公園,旭区1-2,8"
CLEANING = "a2,清掃,令和9年4月2日,,9:00,10:30,,,,"


@pytest.fixture
def organisation() -> Organisation:
    made: Organisation = OrganisationFactory()
    MembershipFactory(organisation=made)
    return made


def sheet(*lines: str, encoding: str = "utf-8-sig", head: str = HEAD) -> bytes:
    return "\r\n".join([head, *lines]).encode(encoding)


def look(organisation: Organisation, content: bytes, now: dt.datetime = NOW) -> EventPlan:
    return events.plan(table=events.table(content, now=now), organisation=organisation, now=now)


def bring(organisation: Organisation, content: bytes, now: dt.datetime = NOW) -> EventPlan:
    found = look(organisation, content, now)
    actor = organisation.memberships.get().user
    events.write(found=found, organisation=organisation, now=now, actor=actor)
    return found


def counts(found: EventPlan) -> tuple[int, ...]:
    return tuple(len(each) for each in (found.new, found.changed, found.same, found.past, found.worked_on))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_lines_become_drafts_with_their_times(organisation: Organisation, encoding: str) -> None:
    found = bring(organisation, sheet(PICNIC, CLEANING, encoding=encoding))
    assert (counts(found), found.faults) == ((2, 0, 0, 0, 0), [])
    picnic, cleaning = Role.objects.order_by("pk")
    assert (picnic.status, picnic.organisation, picnic.title) == (RoleStatus.DRAFT, organisation, "花見")
    assert [(f"{slot.starts_at:%d %H}", slot.capacity) for slot in picnic.slots.all()] == [("01 01", 8)]
    assert "中央公園 旭区1-2" in picnic.summary
    assert (cleaning.summary, cleaning.slots.get().capacity) == ("", 1)


def test_a_place_that_is_registered_becomes_the_venue(organisation: Organisation) -> None:
    venue = VenueFactory(organisation=organisation, name="中央公園")
    bring(organisation, sheet(PICNIC))
    made = Role.objects.get()
    assert (made.venue, made.summary) == (venue, "公園で集まります。")


def test_the_other_edition_of_the_standard_is_read_too(organisation: Organisation) -> None:
    head = "全国地方公共団体コード,ID,イベント名,イベント名_英字,開始日,開始時間,終了時間,所在地_連結表記,料金（詳細）"
    bring(organisation, sheet("141127,x9,花見,Blossoms,2027-04-01,10:00,12:00,旭区3,100円", head=head))
    made = Role.objects.get()
    assert (made.title_en, made.cost, BroughtEvent.objects.get().uid) == ("Blossoms", "100円", "x9")
    assert "旭区3" in made.summary


def test_our_own_table_comes_back_as_it_was(organisation: Organisation) -> None:
    slot = SlotFactory(role__cost="無料")
    content = event_list.table([publishing.of_role(slot.role, now=NOW)])
    found = bring(organisation, content)
    made = Role.objects.get(organisation=organisation)
    assert (len(found.new), made.title, made.cost) == (1, slot.role.title, "無料")
    assert [(one.starts_at, one.ends_at, one.capacity) for one in made.slots.all()] == [
        (slot.starts_at, slot.ends_at, slot.capacity)
    ]


def test_a_second_time_changes_only_what_changed(organisation: Organisation) -> None:
    bring(organisation, sheet(PICNIC, CLEANING))
    before = {role.title: role.changed_at for role in Role.objects.all()}
    later = NOW + dt.timedelta(hours=1)
    assert counts(look(organisation, sheet(PICNIC, CLEANING), later)) == (0, 0, 2, 0, 0)
    found = bring(organisation, sheet(PICNIC.replace("10:00,12:00", "13:00,15:00"), CLEANING), later)
    assert counts(found) == (0, 1, 1, 0, 0)
    picnic, cleaning = Role.objects.order_by("pk")
    assert [f"{slot.starts_at:%H}" for slot in picnic.slots.all()] == ["04"]
    assert cleaning.changed_at == before["清掃"]
    assert Role.objects.count() == 2


def test_a_draft_that_somebody_wrote_on_is_named_and_stays(organisation: Organisation) -> None:
    bring(organisation, sheet(PICNIC))
    role = Role.objects.get()
    later = NOW + dt.timedelta(hours=1)
    writing.change(role=role, now=later, actor=None, bring="敷物")
    found = bring(organisation, sheet(PICNIC.replace("花見", "お花見")), later)
    assert counts(found) == (0, 0, 0, 0, 1)
    assert found.worked_on[0].before is not None
    assert Role.objects.get().title == "花見"


def test_what_was_handed_in_is_not_written_anew(organisation: Organisation) -> None:
    bring(organisation, sheet(PICNIC))
    Role.objects.update(status=RoleStatus.WAITING, is_online=True)
    assert counts(look(organisation, sheet(PICNIC.replace("花見", "お花見")))) == (0, 0, 0, 0, 1)


def test_another_organisation_has_events_of_the_same_number(organisation: Organisation) -> None:
    bring(organisation, sheet(PICNIC))
    other = OrganisationFactory()
    MembershipFactory(organisation=other)
    assert counts(bring(other, sheet(PICNIC))) == (1, 0, 0, 0, 0)


def test_what_is_over_is_left_out_and_said(organisation: Organisation) -> None:
    assert counts(bring(organisation, sheet("p1,昨年の花見,2026/4/1,,10:00,12:00,,,,"))) == (0, 0, 0, 1, 0)
    assert not Role.objects.exists()


def test_several_days_are_a_time_each(organisation: Organisation) -> None:
    bring(organisation, sheet("d1,作品展,2027/4/1,2027/4/3,10:00,16:00,,,,"))
    assert [f"{slot.starts_at:%d}" for slot in Role.objects.get().slots.all()] == ["01", "02", "03"]


def test_without_hours_it_is_a_draft_without_times_that_still_says_the_day(organisation: Organisation) -> None:
    found = bring(organisation, sheet("d1,清掃,2027/4/1,2027/4/2,,,道具あり,,,", "d2,昨年の清掃,2026/4/1,,,,,,,"))
    assert counts(found) == (1, 0, 0, 1, 0)
    assert not Role.objects.get().slots.exists()
    assert Role.objects.get().summary == "道具あり\n\n日にち: 2027年4月1日〜2027年4月2日"


def test_a_number_that_stands_beside_two_names_is_two_events(organisation: Organisation) -> None:
    lines = (PICNIC, PICNIC.replace("花見", "片づけ"))
    assert counts(bring(organisation, sheet(*lines))) == (2, 0, 0, 0, 0)
    assert counts(look(organisation, sheet(*lines))) == (0, 0, 2, 0, 0)


@pytest.mark.parametrize(
    ("line", "column", "part"),
    [
        ("x,,2027/4/1,,10:00,12:00,,,,", "イベント名", "空いています"),
        ("x,花見,4月の頭,,10:00,12:00,,,,", "開始日", "日付を確かめて"),
        ("x,花見,2027/4/1,,25:00,12:00,,,,", "開始時間", "時刻を確かめて"),
        ("x,花見,2027/4/1,,12:00,10:00,,,,", "開始日", "おわりの時刻"),
        ("x,花見,2027/4/1,2027/7/1,10:00,12:00,,,,", "開始日", "期間が長すぎます"),
        ("x,花見,2027/4/1,,10:00,12:00,,,,たくさん", "定員", "数字で"),
        ("x,花見,2027/4/1,,10:00,12:00,,,,9000", "開始日", "1000人まで"),
        ("x,花見,2030/4/1,,10:00,12:00,,,,", "開始日", "2年より先"),
        ("x," + "長" * 81 + ",2027/4/1,,10:00,12:00,,,,", "イベント名", "80文字まで"),
    ],
)
def test_what_is_wrong_is_named_with_line_and_column(
    organisation: Organisation, line: str, column: str, part: str
) -> None:
    [fault] = look(organisation, sheet(PICNIC, line)).faults
    assert (fault.row, fault.column) == (3, column)
    assert part in fault.sentence


# Out of calendars.


def calendar(*events_: str) -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *events_, "END:VCALENDAR"]).encode()


def event(uid: str, *lines: str, title: str = "花見") -> str:
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{title}", *lines, "END:VEVENT"])


TEA = event("tea", "DTSTART;TZID=Asia/Tokyo:20270306T100000", "DTEND;TZID=Asia/Tokyo:20270306T120000", "LOCATION:公園")


def hours(role: Role) -> list[str]:
    return [f"{slot.starts_at + dt.timedelta(hours=9):%m-%d %H:%M}" for slot in role.slots.all()]


def test_a_calendar_becomes_drafts(organisation: Organisation) -> None:
    utc = event("utc", "DTSTART:20270307T000000Z", "DURATION:PT90M", title="体操")
    day = event("day", "DTSTART;VALUE=DATE:20270308", title="一日")
    off = event("off", "DTSTART:20270309T000000Z", "STATUS:CANCELLED")
    bring(organisation, calendar(TEA, utc, day, off))
    made = {role.title: hours(role) for role in Role.objects.all()}
    assert made == {"花見": ["03-06 10:00"], "体操": ["03-07 09:00"], "一日": []}


def test_what_comes_round_has_the_dates_of_eight_weeks(organisation: Organisation) -> None:
    weekly = event(
        "w",
        "DTSTART;TZID=Asia/Tokyo:20260103T090000",
        "DTEND;TZID=Asia/Tokyo:20260103T100000",
        "RRULE:FREQ=WEEKLY;BYDAY=SA;UNTIL=20281231T000000Z",
        "EXDATE;TZID=Asia/Tokyo:20270313T090000",
    )
    moved = event(
        "w",
        "RECURRENCE-ID;TZID=Asia/Tokyo:20270320T090000",
        "DTSTART;TZID=Asia/Tokyo:20270321T110000",
        "DTEND;TZID=Asia/Tokyo:20270321T120000",
    )
    bring(organisation, calendar(weekly, moved))
    found = hours(Role.objects.get())
    assert found[:3] == ["03-06 09:00", "03-21 11:00", "03-27 09:00"]
    assert found[-1] == "04-24 09:00"
    assert len(found) == 7


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=MONTHLY;BYDAY=53MO",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
        "FREQ=DAILY;COUNT=100000000",
        "FREQ=WEEKLY;BYSETPOS=3;BYDAY=MO",
    ],
)
def test_a_rule_that_would_never_end_is_refused_kindly(organisation: Organisation, rule: str) -> None:
    lines = ("DTSTART:20270306T010000Z", "DTEND:20270306T020000Z", f"RRULE:{rule}")
    [fault] = look(organisation, calendar(TEA, event("w", *lines))).faults
    assert fault.row == 2
    assert "くり返し" in fault.sentence


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=6", ["03-06", "04-06"]),
        ("FREQ=MONTHLY;BYDAY=1SA", ["03-06", "04-03"]),
        ("FREQ=YEARLY", ["03-06"]),
        ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=6", ["03-06"]),
    ],
)
def test_what_calendars_write_for_each_month_and_year_is_read(
    organisation: Organisation, rule: str, days: list[str]
) -> None:
    lines = ("DTSTART:20270306T010000Z", "DTEND:20270306T020000Z", f"RRULE:{rule}")
    bring(organisation, calendar(event("m", *lines)))
    assert [hour.split()[0] for hour in hours(Role.objects.get())] == days


def test_rules_of_time_zones_are_not_worked_out(organisation: Organisation) -> None:
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Asia/Tokyo\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0900\r\n"
        "TZOFFSETTO:+0900\r\nRRULE:FREQ=SECONDLY\r\nEND:STANDARD\r\nEND:VTIMEZONE"
    )
    bring(organisation, calendar(zone, TEA))
    assert hours(Role.objects.get()) == ["03-06 10:00"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"BEGIN:VCALENDAR\r\n" + b"x" * 1_000_001, "calendar_too_large"),
        (calendar(*[event(str(n), "DTSTART:20270306T010000Z") for n in range(501)]), "calendar_too_large"),
        (b"BEGIN:VCALENDAR\r\n" * 5000, "not_a_calendar"),
        (b"BEGIN:VCALENDAR\r\nnonsense", "not_a_calendar"),
        (b"BEGIN:VCALENDAR\r\n\xff\xfe", "not_a_calendar"),
        (b"\0\0\0", "not_a_table"),
        ("名前,町\r\n花子,左近山".encode(), "sheet_has_no_header"),
    ],
)
def test_nonsense_and_bombs_are_refused(organisation: Organisation, content: bytes, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        look(organisation, content)
    assert refused.value.code == code


def test_an_event_whose_day_cannot_be_read_is_named_among_the_others(organisation: Organisation) -> None:
    found = look(organisation, calendar(TEA, event("x", "DTSTART:tomorrow")))
    assert [(fault.row, fault.column) for fault in found.faults] == [(2, "開始日")]
    assert len(found.new) == 1
