"""A log at first sight: what is recognised, what must be said, what became of its rows."""

import gzip
import zipfile

import pytest

from valuestream.events import Columns, EventsError, bombs, read
from valuestream.events.columns import guessed, to_be_named
from valuestream.events.looking import SHOWN, look

ROWS = ["case,activity,end"] + [f"{n // 2},{'ab'[n % 2]},2026-03-01 09:{n:02}" for n in range(50)]


def written(folder, lines, name="log.csv"):
    path = folder / name
    path.write_text("\n".join(lines) + "\n")
    return str(path)


def test_it_shows_the_first_rows_and_says_what_read_says(tmp_path):
    source = written(tmp_path, [*ROWS, "9,a,never", ",a,2026-03-01"])
    seen = look(source)
    assert seen.header == ("case", "activity", "end")
    assert len(seen.rows) == SHOWN
    assert seen.rows[3] == ("1", "b", "2026-03-01 09:03")
    with read(source) as events:
        assert seen.ledger == events.ledger
        assert dict(seen.activities) == events.activities
    assert (seen.ledger.rows_read, seen.ledger.left_out, seen.cases) == (52, 2, 25)
    assert [str(day)[:16] for day in seen.period] == ["2026-03-01 09:00", "2026-03-01 09:49"]
    assert (seen.lacks, seen.why) == ((), "")


@pytest.mark.parametrize(
    ("header", "lacks"),
    [
        ("nr,what,when", ("case", "activity", "time")),
        ("case,what,end", ("activity",)),
        ("case,activity,when", ("time",)),
    ],
)
def test_what_is_not_recognised_is_said_and_the_rows_are_shown(tmp_path, header, lacks):
    source = written(tmp_path, [header, *ROWS[1:]])
    seen = look(source)
    assert (seen.lacks, seen.ledger, len(seen.rows)) == (lacks, None, SHOWN)
    case, activity, end = header.split(",")
    assert look(source, Columns(case, activity, None, end)).ledger.rows_used == 50


def test_the_order_of_day_and_month_is_asked_for_only_where_it_could_be_either(tmp_path):
    either = written(tmp_path, ["case,activity,end", "1,a,02/03/2026", "1,b,04/03/2026"])
    seen = look(either)
    assert (seen.lacks, seen.ledger) == (("order of day and month",), None)
    assert look(either, time_format="day first").period[0].month == 3
    assert look(either, time_format="month first").period[0].month == 2
    assert look(written(tmp_path, ["case,activity,end", "1,a,22/03/2026"])).lacks == ()


def test_columns_that_hold_no_times_are_a_sentence_not_a_fault(tmp_path):
    seen = look(written(tmp_path, ROWS), Columns(end="activity"))
    assert seen.ledger is None
    assert len(seen.why) > 20 or seen.lacks


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 x", b"\x89PNG\r\n\x1a\n\0\0", b"\0" * 100])
def test_what_is_no_log_is_refused(tmp_path, data):
    (tmp_path / "x.csv").write_bytes(data)
    with pytest.raises(EventsError):
        look(str(tmp_path / "x.csv"))


@pytest.mark.parametrize(
    ("chosen", "named"),
    [
        (Columns("case_id", "activity", None, "time"), {}),
        (Columns("order", "activity", None, "time"), {"case": "order"}),
        (Columns("case_id", "state", None, "time"), {"activity": "state"}),
        (Columns("case_id", "activity", "time", None), {"start": "time"}),
    ],
)
def test_only_what_is_not_recognised_need_be_named(chosen, named):
    header = ["case_id", "order", "activity", "state", "time"]
    said = to_be_named(chosen, header)
    assert said.found() == named
    again = guessed(said, header).found()
    assert again.items() >= chosen.found().items()


def test_a_gzip_bomb_is_refused_before_it_unpacks_and_a_log_is_not(tmp_path, monkeypatch):
    # Far more than Python reads of a file at once, 128 KiB since 3.12, unpacks to.
    monkeypatch.setattr(bombs, "_ENOUGH", 6 << 20)
    bomb, log, cut = (tmp_path / name for name in ("bomb.gz", "log.gz", "cut.gz"))
    bomb.write_bytes(gzip.compress(b"1,a,2026-03-01\n" * 500_000))
    assert bomb.stat().st_size < 40_000
    with pytest.raises(EventsError, match="fill the disk"):
        bombs.refuse_bomb(bomb)
    varied = "\n".join(f"{n},{n * 7919 % 104729},2026-03-01" for n in range(300_000))
    whole = gzip.compress(varied.encode())
    log.write_bytes(whole)
    bombs.refuse_bomb(log)
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.xml", b"<c/>" * 2_000_000)
    with pytest.raises(EventsError, match="fill the disk"):
        bombs.refuse_bomb(tmp_path / "bomb.xlsx")
    cut.write_bytes(gzip.compress(b"case,activity,end\n" * 9)[:-9])
    with pytest.raises(EventsError, match="no whole gzip"):
        bombs.refuse_bomb(cut)
