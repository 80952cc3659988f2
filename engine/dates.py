"""Days as the calendar on the wall counts them; the database keeps moments, in UTC."""

from datetime import UTC, date, datetime


def local_today() -> date:
    """Today on the calendar of the place where the desk stands, as consents and retention dates mean it."""
    return local_date(datetime.now(UTC))


def local_date(moment: datetime) -> date:
    """The day of a moment on the local calendar.

    Args:
        moment: Aware; or without a time zone, which is UTC, as the database keeps it.
    """
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return aware.astimezone().date()
