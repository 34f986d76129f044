"""Times that name no zone."""

from valuestream.events import read


def first_start(tmp_path, written: str, **said: str) -> int:
    path = tmp_path / "log.csv"
    path.write_text(f"case,activity,time\n1,A,{written}\n")
    with read(path, **said) as events:
        return events.engine.connection.execute(
            "SELECT start_us // 1000000 FROM events"
        ).fetchone()[0]


def test_without_a_zone_a_time_is_utc(tmp_path):
    assert first_start(tmp_path, "2026-07-01 12:00") == 1782907200


def test_the_zone_of_the_log_is_that_of_times_without_one(tmp_path):
    # In July Lisbon is one hour before UTC, in January it is at UTC.
    zone = {"time_zone": "Europe/Lisbon"}
    assert first_start(tmp_path, "2026-07-01 12:00", **zone) == 1782907200 - 3600
    assert first_start(tmp_path, "2026-01-01 12:00", **zone) == 1767268800
    dotted = zone | {"time_format": "%d.%m.%Y %H:%M"}
    assert first_start(tmp_path, "01.07.2026 12:00", **dotted) == 1782907200 - 3600


def test_a_time_that_names_its_zone_keeps_it(tmp_path):
    said = "2026-07-01T12:00:00+02:00"
    assert first_start(tmp_path, said, time_zone="Europe/Lisbon") == 1782907200 - 7200
