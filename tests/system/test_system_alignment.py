"""Value against process: who serves what, and what stands alone."""

import csv
import io
from itertools import combinations

import pytest
from workspaces_made import FIVE, made, stream

from valuestream.cli.alignment_shown import as_json
from valuestream.draw import draw_alignment
from valuestream.draw.matrix import layout
from valuestream.draw.scene import Rect, groups, texts
from valuestream.model.processes import align
from valuestream.model.workspace import Process
from valuestream.report.tables import alignment_table

LISTED = {
    "Front office": Process(capability="Reception of guests", owner="Front office manager"),
    "Laundry": Process(capability="Care of rooms"),
}
DESK = stream(
    "Desk",
    [
        {"step": "Greet", "process": "front OFFICE", "value": "Is known"},
        {"step": "Note", "process": "Records"},
        {"step": "Ask", "value": "TODO: what?", "process": "Records"},
        {
            "step": "Key",
            "value": "Has the key",
            "sub-steps": [
                {"step": "Cut", "process": "Workshop"},
                {"step": "Hand over", "process": "Front office", "value": "Holds it"},
            ],
        },
        {"step": "Farewell", "value": "Is sent off well"},
    ],
)


def test_which_process_serves_which_value():
    found = align([DESK], LISTED)
    assert [p.process for p in found.processes] == [
        "Front office",
        "Laundry",
        "Records",
        "Workshop",
    ]
    assert [(s.step, s.value, s.processes) for s in found.steps] == [
        ("Greet", "Is known", (0,)),
        ("Note", None, (2,)),
        ("Ask", None, (2,)),
        ("Key", "Has the key", (3, 0)),
        ("Hand over", "Holds it", (0,)),
        ("Farewell", "Is sent off well", ()),
    ]
    assert found.serves == (3, 0, 0, 1)
    assert [s.step for s in found.unserved] == ["Farewell"]
    assert [p.process for p in found.serving_none] == ["Laundry", "Records"]


def test_operational_streams_come_first():
    found = align(FIVE[::-1])
    assert found.steps[0].stream != "Booking system"
    assert found.steps[-1].stream in ("Booking system", "Guest experience design")


def test_nothing_to_align():
    found = align([])
    assert (found.steps, found.processes, found.serving_none) == ((), (), ())
    assert as_json(found)["steps"] == []
    assert alignment_table(found).splitlines()[0] == "stream,step,value"


def test_json_counts_what_the_matrix_shows():
    found = as_json(align(made(20).streams))
    for process in found["processes"]:
        served = [s for s in found["steps"] if s["value"] and process["process"] in s["processes"]]
        assert process["values"] == len(served)


def test_csv_is_the_matrix():
    rows = list(csv.reader(io.StringIO(alignment_table(align([DESK], LISTED)))))
    assert rows[0] == ["stream", "step", "value", "Front office", "Laundry", "Records", "Workshop"]
    assert rows[1] == ["Desk", "Greet", "Is known", "x", "", "", ""]
    assert rows[7] == ["", "", "values served", "3", "0", "0", "1"]
    assert rows[8] == ["", "", "capability", "Reception of guests", "Care of rooms", "", ""]
    assert rows[9][3] == "Front office manager"


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_is_run_by_a_spreadsheet(start):
    evil = f"{start}HYPERLINK(1)"
    written = stream(evil, [{"step": evil, "value": evil, "process": evil}])
    listed = {evil: Process(capability=evil, owner=evil)}
    cells = [
        c for row in csv.reader(io.StringIO(alignment_table(align([written], listed)))) for c in row
    ]
    assert cells.count("'" + evil) == 6
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz " * 4
SAMPLES = {
    "a few": align(FIVE, LISTED),
    "one panel": align([DESK], LISTED),
    "several panels": align(made(40).streams),
    "by stream": align(made(120).streams),
    "none at all": align([]),
    "no process": align([stream("S", [{"step": "a", "value": "Has it"}])]),
    "many processes": align(
        [stream("S", [{"step": f"s{n}", "value": "Has it", "process": f"Process {n}"} for n in range(60)])]
    ),
    "long": align([stream(LONG, [{"step": LONG, "value": LONG, "process": LONG}])], {LONG: Process(capability=LONG)}),
    "right to left": align([stream("פיתוח", [{"step": "בניאא", "value": "يجد كل تفاصيل", "process": "الحجوزات"}])]),
}  # fmt: skip


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_matrix_is_readable(sample):
    scene = layout(SAMPLES[sample], "Grand Hotel")
    page = Rect(0, 0, scene.width, scene.height)
    written = [text for text in texts(scene.nodes) if text.text]
    assert all(page.holds(text.rect) for text in written)
    for one, other in combinations(written, 2):
        if abs(one.y - other.y) < 20:
            assert not one.rect.overlaps(other.rect, by=2.0), (one.text, other.text)
    for group in groups(scene.nodes):
        for text in texts(group.nodes) if group.room else ():
            assert group.room.holds(text.rect, by=1.5), (group.kind, text.text)


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_matrix_keeps_a_shape_and_is_the_same_each_time(sample):
    once = draw_alignment(SAMPLES[sample], "Grand Hotel", theme="dark")
    assert 0.3 < once.width / once.height < 5
    assert once.svg == draw_alignment(SAMPLES[sample], "Grand Hotel", theme="dark").svg
