"""The hotel's year, made once."""

import pytest

from valuestream.demo.hotel_events import rows


@pytest.fixture(scope="session")
def log():
    return rows()
