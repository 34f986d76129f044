"""Days, hours and holidays of a calendar, as they may be written."""

import pytest
from pydantic import ValidationError

from valuestream.model.workspace import Calendar, shift, weekdays


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("Mon-Fri", {0, 1, 2, 3, 4}),
        ("Mon, Wed, Sat", {0, 2, 5}),
        ("Fri-Mon", {4, 5, 6, 0}),
        ("Sun - Mon,Wed", {6, 0, 2}),
        ("Tue-Tue", {1}),
    ],
)
def test_days(written: str, days: set[int]):
    assert weekdays(written) == days
    assert Calendar(days=written).days == written


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("9:00-17:30", (540, 1050)),
        ("22:00-06:00", (1320, 1800)),
        ("22:00 - 00:00", (1320, 1440)),
        ("00:00-24:00", (0, 1440)),
    ],
)
def test_hours(written: str, minutes: tuple[int, int]):
    assert shift(written) == minutes
    assert Calendar(hours=written).hours == (written,)


@pytest.mark.parametrize(
    ("key", "written", "said"),
    [
        ("days", "Mon-Wed-Fri", "'Mon-Wed-Fri' are no days; write Mon-Fri or Mon, Wed, Sat"),
        ("days", "Mon,", "'' is no day; write Mon-Fri"),
        ("days", "Monday", "'Monday' is no day; write Mon-Fri"),
        ("hours", "09:00-09:00", "write 00:00-24:00 for the whole day"),
        ("hours", "00:00-00:00", "write 00:00-24:00 for the whole day"),
        ("hours", "09:00-24:30", "a day starts at 00:00 and ends at 24:00"),
        ("hours", "24:00-06:00", "a day starts at 00:00 and ends at 24:00"),
        ("hours", "9-17", "'9-17' are no hours; write them such as 09:00-17:30"),
        ("holidays", "Portugal", "'Portugal' is no country's code; write such as PT, or DE-BY"),
        ("holidays", "pt", "'pt' is no country's code"),
        ("holidays", "DE-", "'DE-' is no country's code"),
    ],
)
def test_what_means_nothing_is_refused(key: str, written: str, said: str):
    with pytest.raises(ValidationError) as told:
        Calendar.model_validate({key: written})
    assert said in str(told.value)


@pytest.mark.parametrize("code", ["PT", "DE-BY", "FR-971", "FR-Zone A", "AU-NSW"])
def test_countries(code: str):
    assert Calendar(holidays=code).holidays == code
