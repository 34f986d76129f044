"""From a stream's text and its events to the page."""

import pytest

from valuestream.events import read as read_events
from valuestream.report import gather, render
from valuestream.text import parse

TEXT = """\
stream: Question
customer: Person
request: A question
outcome: An answer
steps:
  - step: Ask
    by: Desk
    value: Is heard
  - step: Answer
    value: Knows
"""
TWO_TIMES = """\
case,activity,start,end,resource
1,Ask,2026-01-05T10:00:00Z,2026-01-05T10:06:00Z,a
1,Answer,2026-01-05T10:10:00Z,2026-01-05T10:12:00Z,b
1,Coffee,2026-01-05T10:20:00Z,2026-01-05T10:22:00Z,b
2,Ask,2026-01-12T11:00:00Z,2026-01-12T11:20:00Z,a
2,Answer,2026-01-12T11:30:00Z,2026-01-12T11:31:00Z,a
3,Ask,,,a
"""
INSTANTS = """\
case,activity,time
1,Ask,2026-01-05T10:00:00Z
1,Answer,2026-01-05T10:10:00Z
2,Ask,2026-01-12T11:00:00Z
2,Answer,2026-01-12T11:30:00Z
"""


@pytest.fixture
def page_of(tmp_path, read):
    def page(log: str, text: str = TEXT):
        path = tmp_path / "log.csv"
        path.write_text(log)
        document = parse(text)
        with read_events(path) as events:
            report = gather(document.stream, events, document=document, source=path.name)
        return read(render(report))

    return page


def test_the_page_has_the_ledger_the_charts_and_what_is_in_no_step(page_of):
    text = page_of(TWO_TIMES).text
    assert "6 rows read, 5 used, 1 left out." in text
    assert "1 left out:" in text
    assert "Coffee 1" in text
    for title in ("How long cases take", "Arrivals and completions by week", "Work in progress"):
        assert title in text


def test_a_log_of_instants_gives_elapsed_times_and_no_others(page_of):
    page = page_of(INSTANTS)
    reasons = [attrs["title"] for attrs in page.all("abbr")]
    assert "the log has only one time for each visit" in reasons
    assert "the log does not show when the work began" in reasons
    assert "20 min" in page.text
    assert "Flow efficiency –" in page.text


def test_one_case_is_enough_for_a_page(page_of):
    page = page_of("".join(INSTANTS.splitlines(keepends=True)[:3]))
    assert "The one person seen took 10 min." in page.text
    assert "How long cases take" not in page.text


def test_a_finding_says_its_line_unless_the_text_silences_it(page_of):
    assert "VS103" in page_of(TWO_TIMES).text
    silenced = TEXT.replace("step: Answer", "step: Answer  # valuestream: ignore VS103 all do")
    assert "VS103" not in page_of(TWO_TIMES, silenced).text


def test_without_events_the_stream_is_shown_as_it_declares_itself(read):
    document = parse(TEXT)
    report = gather(document.stream, document=document)
    assert report.figures.provenance == "declared"
    assert "What became of the log" not in read(render(report)).text
