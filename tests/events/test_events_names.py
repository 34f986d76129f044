"""A log's own columns keep apart from the canonical table's, whatever they are called."""

import pytest

from valuestream.events import Columns, read
from valuestream.measure import measure
from valuestream.model.stream import Stream

NAMES = [
    "x",
    "step",
    "case_key",
    "known",
    "row",
    "rows",
    "Row",
    "place",
    "fault",
    "lifecycle",
    "start_us",
    "end_us",
    "before_end_us",
    "case",
    "last_step",
    "request_us",
    "kept",
    "at_us",
    "turn",
    "is_end",
    "lack",
    "ends",
    "activity",
    "unpaired",
    "begun",
]
COLUMNS = Columns(case="CaseID", activity="task", end="timestamp")


@pytest.mark.parametrize("lifecycle", [False, True], ids=["instants", "pairs"])
@pytest.mark.parametrize("column", [*NAMES, 'a "quoted"; DROP TABLE events; --'])
def test_a_promise_on_an_attribute_reads_that_attribute(tmp_path, column, lifecycle):
    marks = [",start", ",complete"] * 2 if lifecycle else [""] * 4
    header = 'CaseID,task,timestamp,"{}"{}\n'.format(
        column.replace('"', '""'), ",lifecycle:transition" if lifecycle else ""
    )
    lines = [f"1,{'AABB'[i]},2026-01-0{i + 1},7{marks[i]}\n" for i in range(4)]
    path = tmp_path / "log.csv"
    path.write_text(header + "".join(lines))
    value = {"receives": "v", "promise": f"`{column}` = 7"}
    stream = Stream.model_validate(
        {"stream": "S", "steps": [{"step": "A", "value": value}, {"step": "B"}]}
    )
    with read(path, COLUMNS) as events:
        figures = measure(stream, events)
    assert figures.lead_time.mean == 3 * 86_400
    kept = figures.steps[0].promise
    assert kept is not None
    assert (kept.kept, kept.of) == (1.0, 1 if lifecycle else 2)
