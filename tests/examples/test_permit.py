"""The example on a real log: its figures, and what the owner reads."""

from pathlib import Path

import pytest

from valuestream.measure import log_of, measure
from valuestream.review import review
from valuestream.text import read as read_text

HERE = Path(__file__).parents[2]
PERMIT = HERE / "examples" / "permit" / "permit.stream.yaml"


def test_its_text_has_no_fault():
    assert read_text(PERMIT).findings == ()


@pytest.mark.skipif(
    not (HERE.parent / "shared" / "data").is_dir(), reason="../shared/data is not there"
)
def test_what_it_finds_in_the_log():
    document = read_text(PERMIT)
    with log_of(document).read() as events:
        figures = measure(document.stream, events)
    assert figures.cases == 1434
    assert figures.lead_time.p85 > 10 * 86400
    kept = {s.step: round(s.promise.kept, 3) for s in figures.steps if s.promise}
    assert kept["Send the confirmation"] < 0.9
    codes = {f.code for f in review(document.stream, figures)}
    assert {"VS101", "VS201", "VS301"} <= codes
