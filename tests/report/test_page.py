"""The page: one file that asks for nothing, says what is known, and no more."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from valuestream.model.declared import declare
from valuestream.model.figures import (
    UNKNOWN,
    Figures,
    Kept,
    Received,
    Spread,
    StepFigures,
    StepTimes,
    WorkingTimes,
)
from valuestream.model.stream import Stream
from valuestream.report import Made, Report, render


def test_the_page_is_well_formed(html, read):
    page = read(html)
    assert [tag for tag, _ in page.elements[:2]] == ["html", "head"]
    assert len(page.all("h1")) == 1


def test_every_picture_in_it_is_xml(html):
    svgs = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    assert len(svgs) == 8  # timeline, flow, and three charts for wide and for narrow screens
    for svg in svgs:
        ElementTree.fromstring(svg)


def test_no_two_elements_have_the_same_id(html, read):
    ids = [attrs["id"] for _, attrs in read(html).elements if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_the_page_asks_no_other_file_or_machine_for_anything(html, read):
    page = read(html)
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "link", "img", "iframe", "object", "foreignobject", "use"}
    for _, attrs in page.elements:
        assert not any(name.startswith("on") for name in attrs)
        for name in ("href", "src", "xlink:href", "srcset", "data", "action"):
            assert attrs.get(name, "#").startswith("#")
    assert all(at.startswith(("data:", "#")) for at in re.findall(r"url\(['\"]?([^)]*)", html))
    assert "@import" not in html
    addresses = set(re.findall(r"https?://[^\"'\s<)]*", html))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_its_policy_forbids_what_it_does_not_need(html, read):
    policies = [m["content"] for m in read(html).all("meta") if "http-equiv" in m]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'; font-src data:"]


HOSTILE = "</style></title><script>alert(1)</script>\"'&{{7*7}}<b onclick=x>"


def test_hostile_names_stand_there_as_text(full, read):
    stream = Stream.model_validate(
        {
            "stream": HOSTILE,
            "customer": HOSTILE,
            "request": HOSTILE,
            "outcome": HOSTILE,
            "why": HOSTILE,
            "steps": [
                {"step": HOSTILE, "by": HOSTILE, "value": HOSTILE},
                {"step": "Examine", "then": HOSTILE},
                {"step": "Decide"},
            ],
        }
    )
    steps = (replace(full.figures.steps[0], step=HOSTILE), *full.figures.steps[1:])
    transitions = (replace(full.figures.transitions[0], origin=HOSTILE),)
    variants = (replace(full.figures.variants[0], steps=(HOSTILE, "Examine")),)
    figures = replace(
        full.figures,
        steps=steps,
        transitions=transitions,
        variants=variants,
        unmapped={HOSTILE: 1},
    )
    findings = tuple(replace(f, message=HOSTILE, suggestion=HOSTILE) for f in full.findings)
    made = Made(command=HOSTILE)
    page = read(render(replace(full, stream=stream, figures=figures, findings=findings, made=made)))
    tags = [tag for tag, _ in page.elements]
    assert "script" not in tags
    assert not any(tag == "b" and "onclick" in attrs for tag, attrs in page.elements)
    assert "{{7*7}}" in page.text


def test_the_headline_figures_stand_at_the_top(html, read):
    text = read(html).text
    assert "Lead time 5 d p85 9 d · p95 11 d" in text
    assert "Flow efficiency 25 % of the lead time is work" in text
    assert "Promises kept 60 % of 5 that applied" in text
    assert "Cases 4 3 completed" in text


def test_it_says_where_the_figures_come_from(html, read):
    text = read(html).text
    assert "Measured on 4 cases and 13 events, 5 Jan 2026 to 25 Jan 2026" in text
    assert "permits.csv" in text


def test_findings_come_the_most_costly_first(html, read):
    text = read(html).text
    assert text.index("A costly thing.") < text.index("A small thing.")
    assert "A costly thing. Mend it. warning VS901 · costs 9 d a case · share 60 %" in text


def test_unmapped_activities_are_named(html, read):
    assert "Phone call 2" in read(html).text


def test_absent_figures_are_dashes_with_a_reason_and_never_zeros(stream, read):
    steps = tuple(StepFigures(s.step, 1, 1, 0.0, 1.0) for s in stream.steps)
    figures = Figures("Permit", "measured", steps, events=3, cases=1, completed_cases=1)
    page = read(render(Report(stream, figures)))
    reasons = [attrs["title"] for attrs in page.all("abbr")]
    assert reasons.count("the log has only one time for each visit") == 3
    assert not re.search(r"\b0 (s|min|h)\b", page.text)
    assert "nan" not in page.text.casefold().split()
    assert "None" not in page.text


def test_a_step_nobody_visited_says_so(stream, figures, read):
    empty = StepFigures("Decide", 0, 0, None, None)
    page = read(render(Report(stream, replace(figures, steps=(*figures.steps[:2], empty)))))
    assert "no case visited the step" in [attrs["title"] for attrs in page.all("abbr")]


def test_a_stream_without_a_log_shows_what_it_declares(stream, read):
    page = read(render(Report(stream, declare(stream))))
    assert "Declared in the stream's text, not measured" in page.text
    assert "Nothing is measured yet." in page.text
    assert "2 d" in page.text
    assert "Visits" not in page.text
    assert "variants" not in page.text


def test_a_stream_that_declares_nothing_still_has_a_page(read):
    stream = Stream.model_validate({"stream": "S", "steps": [{"step": "One"}]})
    text = read(render(Report(stream, declare(stream)))).text
    assert "not all steps say how long they take" in text
    assert "Nobody has said yet what the customer receives from any step." in text


def test_a_log_without_a_case_says_so(stream, read):
    steps = tuple(StepFigures(s.step, 0, 0) for s in stream.steps)
    figures = Figures("Permit", "measured", steps, events=0, cases=0, completed_cases=0)
    text = read(render(Report(stream, figures))).text
    assert "The log has no case that visited a step of this stream" in text


def test_charts_are_left_out_where_there_is_nothing_to_see(full):
    html = render(replace(full, lead_times=None, in_progress=()))
    assert "How long cases take" not in html
    assert "Arrivals and completions by week" in html
    one_week = replace(full.figures, weeks=full.figures.weeks[:1])
    html = render(replace(full, figures=one_week, lead_times=None, in_progress=()))
    assert "How it ran" not in html


def test_figures_of_the_table_have_their_step_and_column(html, read):
    page = read(html)
    assert page.all("caption")
    assert all("scope" in attrs for attrs in page.all("th"))


def test_headings_leave_out_no_level(html, read):
    levels = [int(tag[1]) for tag, _ in read(html).elements if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_the_same_report_gives_the_same_bytes(full):
    assert render(full) == render(full)


def test_it_says_how_it_was_made(full, read):
    made = Made("9.9", "valuestream report x", datetime(2026, 3, 4, 5, 6, tzinfo=UTC))
    text = read(render(replace(full, made=made))).text
    assert "Written by valuestream 9.9 on 4 Mar 2026, 05:06 UTC" in text
    assert "Made by valuestream report x" in text


@pytest.mark.parametrize("script", ["Ελληνικά", "Български", "עברית", "العربية"])
def test_letters_of_many_scripts_bring_their_fonts_along(script):
    stream = Stream.model_validate({"stream": script, "steps": [{"step": script}]})
    html = render(Report(stream, declare(stream)))
    families = {"ע": "Noto Sans Hebrew", "ا": "Noto Sans Arabic"}
    assert f"font-family:'{families.get(script[0], 'Inter')}'" in html


def test_a_page_stays_light_enough_to_mail(html):
    assert len(html) < 500_000


def test_spreads_without_percentiles_show_their_mean(stream, read):
    figures = declare(stream)
    assert figures.lead_time.p50 is None
    assert figures.steps[0].wait_time == UNKNOWN
    text = read(render(Report(stream, figures))).text
    assert "As declared, a case takes" in text


def test_it_shows_which_values_customers_received_and_what_is_still_open(stream, figures, read):
    received = Received(50, 0.46, 0.33, 0.6, {stream.steps[0].step: 0.8}, ())
    promise = Kept(0.9, 40, 0.95, broken=4, undecided=3)
    steps = (replace(figures.steps[0], promise=promise), *figures.steps[1:])
    page = read(render(Report(stream, replace(figures, received=received, steps=steps))))
    assert "Of 50 completed cases, 46 % received every value" in page.text
    assert f"{stream.steps[0].value.receives} {stream.steps[0].step} 80 % received it" in page.text
    assert "of 40 visits, 3 still open" in page.text


def test_with_a_calendar_it_shows_the_times_in_working_time(stream, figures, read):
    hour = Spread(3600, 3000, 5000, 6000)
    whole = WorkingTimes("desk", hour, hour, 0.5, 720.0)
    own = StepTimes("night", hour, UNKNOWN, hour)
    steps = (replace(figures.steps[0], working_time=own), *figures.steps[1:])
    page = read(render(Report(stream, replace(figures, working_time=whole, steps=steps))))
    assert "Only the hours of the calendar “desk” count here." in page.text
    assert "lead time 50 min in the median, 50 % of it work; takt time 12 min" in page.text
    assert re.search(r"night ?– ?50 min p85 1 h 23 min · mean 1 h", page.text)
