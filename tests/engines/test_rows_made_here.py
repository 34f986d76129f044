"""Rows made here come back from each engine as they were."""

import pytest

from valuestream.engines.duck import Duck
from valuestream.engines.postgresql import PostgreSQL
from valuestream.engines.spark import Spark

TEXTS = ["it's", 'a "b"', "back\\slash \\n", "line\nbreak", "--", "日本 🌊", "", "X'61'", "%s :a ?"]
COLUMNS = {"text": "VARCHAR", "number": "BIGINT", "small": "SMALLINT"}


@pytest.fixture(params=["duck", "postgresql", "spark"])
def engine(request):
    if request.param == "duck":
        found = Duck()
    else:
        address = request.getfixturevalue(request.param)
        found = {"postgresql": PostgreSQL, "spark": Spark}[request.param](address)
    yield found
    if request.param != "spark":  # the session's, for all tests
        found.close()


def test_rows_made_here(engine):
    rows = [(text, number * 10**12, number) for number, text in enumerate(TEXTS)]
    rows.append((None, None, None))
    engine.load("made", COLUMNS, rows)
    found = engine.rows("SELECT text, number, small FROM made")
    assert sorted(found, key=str) == sorted(rows, key=str)
    engine.load("made", COLUMNS, [])
    assert engine.rows("SELECT * FROM made") == []
