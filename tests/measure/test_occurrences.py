"""Which events belong to a step, and where the clocks of steps and streams start and stop."""

import pytest

from valuestream.events import Columns, read
from valuestream.measure import MeasureError, measure
from valuestream.model.stream import Stream

HEADER = "case_id,activity,start,end,channel\n"


@pytest.fixture
def measured(tmp_path):
    """Figures of a stream on rows `case activity start end channel`, in minutes of one day."""

    def figures(rows: str, **stream):
        def at(minutes: str) -> str:
            if minutes == "-":
                return ""
            return f"2026-01-05T{int(minutes) // 60:02}:{int(minutes) % 60:02}"

        lines = []
        for row in rows.strip().splitlines():
            case, activity, start, end, *channel = row.split()
            lines.append(",".join([case, activity, at(start), at(end), *(channel or [""])]))
        log = tmp_path / "log.csv"
        log.write_text(HEADER + "\n".join(lines) + "\n")
        with read(log, Columns(start="start", end="end")) as events:
            return measure(Stream.model_validate({"stream": "S", **stream}), events)

    return figures


def visits(figures) -> dict[str, int]:
    return {step.step: step.visits for step in figures.steps}


def test_a_pattern_takes_what_no_step_names(measured):
    figures = measured(
        "1 Check-a 0 1\n1 Check-b 1 2\n1 Check-c 2 3\n1 Other 3 4\n1 Pay 4 5",
        steps=[
            {"step": "Checks", "events": "Check-*"},
            {"step": "Check-b"},
            {"step": "Paying", "events": ["P*y"]},
        ],
    )
    assert visits(figures) == {"Checks": 2, "Check-b": 1, "Paying": 1}
    assert figures.unmapped == {"Other": 1}


def test_an_activity_with_a_star_is_itself(measured):
    figures = measured("1 A*B 0 1\n1 AxB 1 2", steps=[{"step": "A*B"}, {"step": "AxB"}])
    assert visits(figures) == {"A*B": 1, "AxB": 1}


def test_a_condition_on_attributes_comes_before_a_name(measured):
    figures = measured(
        "1 Check 0 1 web\n1 Check 1 2 desk\n2 Check 0 1 web\n2 Look 3 4 web",
        steps=[
            {"step": "Check"},
            {"step": "Web", "events": {"activity": "Ch*", "where": "channel = 'web'"}},
            {"step": "All web", "events": [{"where": "channel = 'web'"}]},
        ],
    )
    assert visits(figures) == {"Check": 1, "Web": 2, "All web": 1}
    assert figures.unmapped == {}


def test_a_condition_that_reads_files_is_refused(measured):
    with pytest.raises(MeasureError, match=r"where: .*may not stand in a condition"):
        measured(
            "1 A 0 1",
            steps=[{"step": "A", "events": {"where": "read_text('/etc/passwd') = 'x'"}}],
        )


def test_a_transition_that_is_no_visit_can_be_named(tmp_path):
    log = tmp_path / "log.csv"
    log.write_text(
        "case_id,activity,time,lifecycle\n1,A,2026-01-05 09:00,start\n"
        "1,A,2026-01-05 09:10,suspend\n1,A,2026-01-05 09:30,complete\n1,A,2026-01-05 09:20,resume\n"
    )
    stream = Stream.model_validate(
        {
            "stream": "S",
            "steps": [
                {"step": "A"},
                {"step": "Paused", "from": {"lifecycle": "Suspend"}, "to": {"lifecycle": "resume"}},
            ],
        }
    )
    with read(log) as events:
        figures = measure(stream, events)
    assert [s.process_time.mean for s in figures.steps] == [1800, 600]
    assert figures.events == 2


BETWEEN = [{"step": "Wait", "from": "Ask", "to": ["Yes", "No"]}, {"step": "End"}]


def test_a_step_between_two_events(measured):
    figures = measured(
        """
        1 Ask 0 5
        1 Ask 6 7
        1 Yes 20 30
        1 Yes 31 32
        1 Ask 40 41
        1 No 50 60
        1 End 61 62
        2 Yes 0 1
        2 End 3 4
        3 Ask 0 1
        3 End 2 3
        """,
        steps=BETWEEN,
    )
    wait = figures.steps[0]
    assert (wait.visits, wait.cases) == (2, 1)
    assert wait.process_time.mean == (30 + 20) / 2 * 60
    assert figures.cases == 3
    assert figures.unmapped == {}


def test_states_last_until_another_is_entered(measured):
    figures = measured(
        """
        1 Open 0 0
        1 Doing 10 10
        1 Review 30 30
        1 Doing 35 35
        1 Done 50 50
        2 Open 0 0
        2 Doing 7 7
        """,
        steps=[
            {"step": "Waiting", "states": ["Open", "Review"]},
            {"step": "Work", "states": "Doing"},
            {"step": "Done"},
        ],
    )
    waiting, work, done = figures.steps
    assert waiting.process_time.mean == pytest.approx((10 + 5 + 7) / 3 * 60)
    assert (work.visits, work.process_time.mean) == (2, (20 + 15) / 2 * 60)
    assert done.visits == 1
    assert figures.lead_time.mean == (50 + 7) / 2 * 60
    assert figures.flow_efficiency == pytest.approx(1.0)
    assert figures.weeks[0].work_in_progress == 1


def test_the_stream_s_clock(measured):
    figures = measured(
        """
        1 Before 0 4
        1 Start 5 6
        1 A 10 20
        1 B 30 40
        1 Stop 44 45
        1 A 50 60
        2 A 0 10
        2 B 20 30
        3 Start 0 0
        3 A 10 20
        """,
        **{"from": "Start", "to": "Stop"},
        steps=[{"step": "A"}, {"step": "B"}],
    )
    assert figures.outside == 1
    assert (figures.cases, figures.completed_cases) == (2, 1)
    assert visits(figures) == {"A": 2, "B": 1}
    assert figures.lead_time.mean == ((45 - 5) + (20 - 0)) / 2 * 60
    assert figures.unmapped == {"Before": 1}


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ({"from": "X"}, "no 'to'"),
        ({"to": "X"}, "no 'from'"),
        ({"states": "X", "from": "Y", "to": "Z"}, "keep one"),
        ({"events": "X", "states": "Y"}, "leave its 'events' out"),
        ({"events": {"lifecycle": "complete"}}, "make visits by themselves"),
        ({"events": {}}, "nothing says which events"),
    ],
)
def test_what_contradicts_itself_is_refused(step, said):
    with pytest.raises(ValueError, match=said):
        Stream.model_validate({"stream": "S", "steps": [{"step": "A", **step}]})


@pytest.mark.parametrize("order", [("A", "On", "B"), ("A", "B", "On"), ("On", "B", "A")])
def test_a_visit_between_events_at_one_instant_keeps_the_order_of_the_stream(measured, order):
    rows = "\n".join(f"{case} A 0 0\n{case} B 0 0" for case in range(300))
    step = {"A": {"step": "A"}, "B": {"step": "B"}, "On": {"step": "On", "from": "A", "to": "B"}}
    figures = measured(rows, steps=[step[name] for name in order])
    last = tuple(name for name in order if name != "A")
    assert [variant.steps for variant in figures.variants] == [("A", *last)]
