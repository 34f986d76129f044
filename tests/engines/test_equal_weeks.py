"""The same weeks of every figure on DuckDB and PostgreSQL, on the clock and in working time."""

import math

import pytest

from valuestream.engines.postgresql import PostgreSQL
from valuestream.events import read
from valuestream.events.elsewhere import read_at
from valuestream.measure.history import histories
from valuestream.measure.visits import lay
from valuestream.measure.working import Calendars
from valuestream.model.figure_path import FigurePath
from valuestream.model.measurable import OF_STEP, OF_STREAM
from valuestream.model.money import Cost
from valuestream.model.stream import Stream
from valuestream.model.workspace import Calendar

STREAM = Stream.model_validate(
    {
        "stream": "S",
        "steps": [
            {"step": "Ask", "by": "Desk", "value": "Is heard"},
            {"step": "Decide", "value": {"receives": "Knows", "promise": "within 2 h"}},
            {"step": "Answer", "cost": "3 EUR"},
        ],
    }
)
OFFICE = Calendars({"office": Calendar()}, "Europe/Lisbon", "office", {})


def log(folder):
    rows = ["case,activity,start,end"]
    for case in range(40):
        day, hour = 1 + case % 28, 8 + case % 5
        for activity, begin in (("Ask", hour), ("Decide", hour + 2), ("Answer", hour + 5)):
            rows.append(
                f"{case},{activity},2026-01-{day:02}T{begin:02}:00,2026-01-{day:02}T{begin:02}:{20 + case}"
            )
        if case % 4 == 0:
            rows.append(
                f"{case},Decide,2026-01-{day:02}T{hour + 4:02}:00,2026-01-{day:02}T{hour + 4:02}:30"
            )
    path = folder / "log.csv"
    path.write_text("\n".join(rows) + "\n")
    return path


def weeks(events):
    paths = [FigurePath("s", None, own) for own in OF_STREAM]
    paths += [FigurePath("s", step.step, own) for own in OF_STEP for step in STREAM.steps]
    with events:
        visits = lay(STREAM, events, calendars=OFFICE)
        found = histories(visits, paths, {"Desk": Cost.parse("18 EUR/h")})
    return {str(s.path): [(p.week, p.value, p.n) for p in s.points] for s in found}


@pytest.fixture(scope="module")
def duck(tmp_path_factory):
    path = log(tmp_path_factory.mktemp("weeks"))
    return path, weeks(read(path))


def test_weeks_are_equal_on_postgresql(duck, postgresql):
    path, here = duck
    server = PostgreSQL(postgresql)
    server._session.run("DROP TABLE IF EXISTS public.weeks")
    server._session.run(
        'CREATE TABLE public.weeks ("case" text, activity text, "start" timestamptz, "end" timestamptz)'
    )
    with path.open("rb") as rows:
        server._session.run("COPY public.weeks FROM STDIN (FORMAT csv, HEADER)", stream=rows)
    server.close()
    there = weeks(read_at(postgresql, "public.weeks"))
    assert set(there) == set(here)
    for name, points in here.items():
        for (week, value, n), (other_week, other, many) in zip(points, there[name], strict=True):
            assert (week, n) == (other_week, many), name
            assert (value is None) == (other is None), name
            assert value is None or math.isclose(value, other, rel_tol=1e-9, abs_tol=1e-9), name
            assert other is None or isinstance(other, float), name


def test_every_figure_has_a_value_in_some_week(duck):
    _, here = duck
    without = {name for name, points in here.items() if all(p[1] is None for p in points)}
    # Nothing is waited for before the first step; only the second promises, the third has no value.
    first = {
        f"s / Ask / {own.name}" for own in OF_STEP if "wait" in own.name or "elapsed" in own.name
    }
    said = {"s / Ask / promise.kept", "s / Answer / promise.kept", "s / Answer / received"}
    assert without == first | said
