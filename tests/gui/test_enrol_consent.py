"""Until which day a consent holds is counted on the local calendar."""

from datetime import date, timedelta

import pytest
from pytestqt.qtbot import QtBot

from gui.enrol_consent import YEAR_DAYS, ConsentStep
from gui.enrol_session import Who
from gui.enrol_texts import date_text
from tests.engine.zones import in_zone, zone_of_another_day


@pytest.mark.parametrize(("is_event", "days"), [(False, YEAR_DAYS), (True, 1)])
def test_the_day_on_show_is_counted_from_today_here(qtbot: QtBot, is_event: bool, days: int) -> None:
    with in_zone(zone_of_another_day()):
        step = ConsentStep()
        qtbot.addWidget(step)
        step.show_for(Who("Ada"), is_event=is_event)
        until = date.today() + timedelta(days=days)
        assert step.consent.retain_until == until
        assert is_event or date_text(until) in step.text
