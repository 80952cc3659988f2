"""Days are those of the local calendar, wherever the desk stands."""

from datetime import UTC, date, datetime, timedelta

import pytest

from engine.dates import local_date, local_today
from engine.errors import EnrolmentError
from engine.people import DEFAULT_RETENTION, ConsentText, People
from engine.store import Store
from tests.engine.desk import enrol
from tests.engine.zones import in_zone, zone_of_another_day

LATE_UTC = datetime(2030, 6, 30, 23, 30, tzinfo=UTC)
"""Half past four in the afternoon in Los Angeles; the next day in Istanbul."""
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("zone", "day"), [("America/Los_Angeles", date(2030, 6, 30)), ("Europe/Istanbul", date(2030, 7, 1))]
)
def test_the_day_of_a_moment_is_the_one_on_the_local_calendar(zone: str, day: date) -> None:
    with in_zone(zone):
        assert local_date(LATE_UTC) == day
        assert local_date(LATE_UTC.replace(tzinfo=None)) == day, "as the database keeps it: UTC without saying so"


def test_today_is_what_the_calendar_on_the_wall_says() -> None:
    with in_zone(zone_of_another_day()):
        before, today, after = date.today(), local_today(), date.today()
        assert before <= today <= after
        assert today != datetime.now(UTC).date()


def test_what_is_agreed_to_until_today_is_kept_until_the_day_ends_here(store: Store) -> None:
    with in_zone(zone_of_another_day()):
        ana = enrol(store, "Ana", 1, consent=ConsentText("paper", retain_until=date.today()))
        people = People(store)
        assert people.expired() == []
        with pytest.raises(EnrolmentError, match="in the past"):
            ConsentText("paper", retain_until=date.today() - DAY)
        with store.write() as session:
            yesterday = f"UPDATE consent SET retain_until = '{date.today() - DAY}'"
            session.connection().exec_driver_sql(yesterday)
        assert people.expired() == [ana]


def test_what_is_agreed_to_without_a_date_is_kept_for_a_year_from_today_here(store: Store) -> None:
    with in_zone(zone_of_another_day()):
        enrol(store, "Ana", 1)
        assert People(store).find("Ana").retain_until == date.today() + DEFAULT_RETENTION
