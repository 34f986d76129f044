"""An issue tracker's changes of state, measured by the states that issues are in."""

import json
from collections import defaultdict
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from valuestream.events import Columns, read
from valuestream.measure import measure
from valuestream.model.stream import Stream

ISSUES = Path(__file__).parents[3] / "shared/data/sd_jira_devlake/_raw_jira_api_issues.csv"
pytestmark = pytest.mark.skipif(not ISSUES.is_file(), reason="../shared/data is not there")


def changes() -> pd.DataFrame:
    """Each change of an issue's state: the issue, the state that it enters, and when."""
    issues = [json.loads(data) for data in pd.read_csv(ISSUES)["data"]]
    rows = [
        (issue["key"], item["toString"], history["created"])
        for issue in issues
        for history in issue["changelog"]["histories"]
        for item in history["items"]
        if item["field"] == "status"
    ]
    found = pd.DataFrame(rows, columns=["issue", "state", "at"]).drop_duplicates()
    found["at"] = pd.to_datetime(found["at"], utc=True)
    return found.sort_values(["issue", "at"], kind="stable").reset_index(drop=True)


def stays(table: pd.DataFrame) -> dict[str, list[float]]:
    """The seconds that each stay in a state lasted: until the issue enters another one."""
    found = defaultdict(list)
    for _, own in table.groupby("issue"):
        entered = None
        for state, at in zip(own["state"], own["at"], strict=True):
            if entered is None or state != entered[0]:
                if entered is not None:
                    found[entered[0]].append((at - entered[1]).total_seconds())
                entered = state, at
    return found


def test_times_in_states_equal_a_plain_walk(tmp_path):
    table = changes()
    assert len(table) > 100
    path = tmp_path / "changes.csv"
    table.to_csv(path, index=False)
    states = table["state"].value_counts().index[:6].tolist()
    steps = [{"step": f"In {state}", "states": [state]} for state in states]
    columns = Columns(case="issue", activity="state", end="at")
    with read(path, columns) as events:
        figures = measure(Stream.model_validate({"stream": "Issues", "steps": steps}), events)
    plain = stays(table)
    seen = 0
    for state, step in zip(states, figures.steps, strict=True):
        lasted = plain.get(state, [])
        assert step.visits == len(lasted), state
        if lasted:
            seen += 1
            assert step.process_time.mean == pytest.approx(np.mean(lasted))
            assert step.process_time.p85 == pytest.approx(np.percentile(lasted, 85))
    assert seen >= 3
