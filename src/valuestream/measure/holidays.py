"""The public holidays of countries and their parts."""

import warnings
from collections.abc import Iterable
from datetime import MAXYEAR, date

from valuestream.model.errors import InputError
from valuestream.model.names import did_you_mean


def holidays_of(code: str, first_year: int, last_year: int) -> Iterable[date]:
    """The days off in some years, of a country (`PT`) or a part of it (`DE-BY`).

    Raises InputError where none are known of it.
    """
    # Its import is slow, and most calendars name no country.
    from holidays import country_holidays

    country, _, part = code.partition("-")
    # A holiday of January may be given in December.
    years = range(first_year, min(last_year + 1, MAXYEAR) + 1)
    try:
        with warnings.catch_warnings():
            # Some countries' are known for some years only.
            warnings.simplefilter("ignore")
            return tuple(country_holidays(country, subdiv=part or None, years=years))
    except NotImplementedError:
        raise InputError(_unknown(country, part)) from None


def _unknown(country: str, part: str) -> str:
    from holidays import list_supported_countries

    parts = list_supported_countries()
    if country not in parts:
        # Codes of two letters are hardly like each other; those that start alike come first.
        known = sorted((c for c in parts if len(c) == 2), key=lambda c: (c[0] != country[0], c))
        return (
            f"no holidays are known of the country {country!r} of a calendar; "
            f"{did_you_mean(country, known)}"
        )
    if not parts[country]:
        return f"no holidays are known of parts of {country!r}; write {country!r} in the calendar"
    known = [f"{country}-{one}" for one in parts[country]]
    return (
        f"no holidays are known of {f'{country}-{part}'!r} of a calendar; "
        f"{did_you_mean(f'{country}-{part}', known)}"
    )
