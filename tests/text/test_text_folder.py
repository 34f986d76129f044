"""Faults between the texts of a workspace, and what silences them."""

from datetime import date
from pathlib import Path

import pytest

from valuestream.text import check, parse, read
from valuestream.text.folder import files

SHARED = Path("../shared/design/workspace")
DESK = "stream: Desk\nsteps:\n  - step: Check-in\n    value: Has the key\n"


@pytest.fixture
def lay(tmp_path):
    """Writes files and gives what check says of them: file name, line, column, code."""

    def lay(files: dict[str, str], *paths: str) -> list[tuple]:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        found = check([tmp_path / p for p in paths] or [tmp_path])
        return [
            (Path(f.file).name, f.line, f.column, f.code, f"{f.message}; {f.suggestion}")
            for f in found
        ]

    return lay


def codes(found):
    return [row[:4] for row in found]


def test_the_sketched_workspace_has_no_faults():
    if not SHARED.is_dir():
        pytest.skip("the sketch of a workspace is not beside the project")
    day = date(2026, 5, 1)
    assert check([SHARED], day) == ()
    assert all(check([path], day) == () for path in SHARED.iterdir())


def test_a_detail_that_is_not_there(lay):
    found = lay(
        {
            "a.stream.yaml": DESK + "    detailed in: Luggaje\n",
            "b.stream.yaml": DESK.replace("Desk", "Luggage"),
        }
    )
    assert codes(found) == [("a.stream.yaml", 5, 18, "VS051")]
    assert "did you mean 'Luggage'?" in found[0][4]


@pytest.mark.parametrize("name", ["Luggage", "luggage", "LUGGAGE"])
def test_a_detail_is_found_by_name_and_by_id(lay, name):
    assert (
        lay(
            {
                "a.stream.yaml": DESK + f"    detailed in: {name}\n",
                "b.stream.yaml": DESK.replace("Desk", "Luggage"),
            }
        )
        == []
    )


def test_streams_that_detail_each_other_are_told_once(lay):
    files = {
        f"{a}.stream.yaml": DESK.replace("Desk", a) + f"    detailed in: {b}\n"
        for a, b in ("AB", "BC", "CA")
    }
    found = lay(files)
    assert codes(found) == [("A.stream.yaml", 5, 18, "VS052")]
    assert "A → B → C → A" in found[0][4]


def test_a_stream_that_details_itself(lay):
    found = lay(
        {"a.stream.yaml": DESK + "    sub-steps:\n      - step: Key\n        detailed in: desk\n"}
    )
    assert codes(found) == [("a.stream.yaml", 7, 22, "VS052")]


def test_links_to_steps_that_are_not_there(lay):
    building = (
        "stream: Design\nkind: developmental\nsteps:\n  - step: Build\n    develops:\n"
        "      - Desk / Check-in\n      - desk / check-in\n"
        "      - Desk / Chek-in\n      - Dusk / Check-in\n"
        "deliveries:\n  - {on: 2026-01-01, what: x, changes: Desk / Nothing}\n"
    )
    found = lay({"a.stream.yaml": DESK, "b.stream.yaml": building})
    assert codes(found) == [
        ("b.stream.yaml", 8, 9, "VS053"),
        ("b.stream.yaml", 9, 9, "VS053"),
        ("b.stream.yaml", 11, 40, "VS053"),
    ]
    assert "'Check-in'" in found[0][4]
    assert "'Desk'" in found[1][4] or "'desk'" in found[1][4]


SHOP = """\
workspace: W
calendars: {desk: {days: Mon-Fri}}
roles: {Reception: {people: 1, calendar: dask}}
logs: {stays: {file: a.csv}}
"""


def test_names_that_valuestream_yaml_does_not_have(lay):
    stream = DESK + "    by: [Recepton, Anybody]\ncalendar: disk\nlog: stay\n"
    found = lay({"valuestream.yaml": SHOP, "a.stream.yaml": stream})
    assert sorted(codes(found)) == [
        ("a.stream.yaml", 5, 10, "VS056"),
        ("a.stream.yaml", 6, 11, "VS054"),
        ("a.stream.yaml", 7, 6, "VS055"),
        ("valuestream.yaml", 3, 42, "VS054"),
    ]
    assert lay({}, "a.stream.yaml") == [f for f in found if f[0] == "a.stream.yaml"]


def test_a_log_may_be_a_file(lay):
    for log in ("stays", "logs/some.csv", "bare"):
        assert (
            lay(
                {
                    "valuestream.yaml": SHOP.replace("dask", "desk"),
                    "bare": "",
                    "a.stream.yaml": DESK + f"log: {log}\n",
                }
            )
            == []
        )


def test_two_streams_of_one_name(lay):
    found = lay(
        {"a.stream.yaml": DESK, "b.stream.yaml": "id: desk\n" + DESK.replace("Desk", "Other")}
    )
    assert codes(found) == [("b.stream.yaml", 1, 5, "VS050")]
    assert "a.stream.yaml" in found[0][4]


def test_key_results_of_streams_and_steps_that_are_not_there(lay):
    goals = "objective: O\nkey results:\n" + "".join(
        f"  - {{key result: r, measure: {m}, to: 1 h}}\n"
        for m in (
            "desk / lead_time.p85",
            "desk / Check-in / wait_time.p85",
            "dsk / x",
            "desk / In / x",
            "x",
        )
    )
    found = lay({"a.stream.yaml": DESK, "b.goals.yaml": goals})
    assert codes(found) == [("b.goals.yaml", n, 30, "VS057") for n in (5, 6, 7)]


def test_goals_without_streams_beside_them_are_left_alone(lay):
    assert (
        lay(
            {
                "b.goals.yaml": "objective: O\nkey results: [{key result: r, measure: a / lead_time.p85, to: 1 h}]\n"
            }
        )
        == []
    )


def test_a_link_into_a_stream_with_faults_is_not_blamed(lay):
    found = lay(
        {
            "a.stream.yaml": DESK + "    wait: soon\n",
            "b.stream.yaml": DESK.replace("Desk", "B")
            + "    develops: Desk / Anything\n    detailed in: Desk\n",
        }
    )
    assert codes(found) == [("a.stream.yaml", 5, 11, "VS030")]


def test_workspaces_below_a_folder_are_apart(lay):
    files = {
        f"{w}/{name}": text
        for w in "xy"
        for name, text in {"valuestream.yaml": "workspace: W\n", "a.stream.yaml": DESK}.items()
    }
    assert lay(files) == []


def test_folders_are_looked_through_and_hidden_ones_are_not(tmp_path, lay):
    lay(
        {
            "a.stream.yaml": DESK,
            "b/c.stream.yaml": DESK,
            ".git/d.stream.yaml": "[",
            "n.yaml": "[",
            "g.goals.yaml": "",
        }
    )
    found = {p.name for p in files([tmp_path])}
    assert found == {"a.stream.yaml", "c.stream.yaml", "g.goals.yaml"}


def test_faults_come_by_file_as_named_and_by_line(lay):
    found = lay(
        {"b.stream.yaml": DESK + "x: 1\n", "a.stream.yaml": "y: 1\n" + DESK + "z: 1\n"},
        "b.stream.yaml",
        "a.stream.yaml",
    )
    assert [row[:2] for row in found] == [
        ("b.stream.yaml", 5),
        ("a.stream.yaml", 1),
        ("a.stream.yaml", 6),
    ]


def test_a_fault_between_texts_can_be_silenced_where_it_stands(lay):
    text = DESK + "    detailed in: X  # valuestream: ignore VS051 comes next week\n"
    assert lay({"a.stream.yaml": text}) == []


SILENT = """\
# valuestream: ignore VS105
stream: Desk
# valuestream: ignore VS103, vs104 we know
steps:
  # valuestream: ignore VS101 above the step
  - step: A
    does: 'no # valuestream: ignore VS109'
    sub-steps:
      - step: A1 # valuestream: ignore VS102
      - step: A2
  - step: B
    # valuestream: ignore VS101 inside
  - step: C
    does: |
      # valuestream: ignore VS101 not a comment
# valuestream: ignore VS106 at the end
"""


@pytest.mark.parametrize(
    ("code", "place", "is_silent"),
    [
        ("VS105", (), True),
        ("VS105", ("steps", 2, "value"), True),
        ("VS103", (), True),
        ("VS104", ("customer",), True),
        ("VS103", ("steps", 0), False),
        ("VS101", ("steps", 0), True),
        ("VS101", ("steps", 0, "value"), True),
        ("VS101", ("steps", 0, "sub-steps", 1), True),
        ("VS101", ("steps", 1), True),
        ("VS101", ("steps", 2), False),
        ("VS102", ("steps", 0), False),
        ("VS102", ("steps", 0, "sub-steps", 0), True),
        ("VS102", ("steps", 0, "sub-steps", 1), False),
        ("VS106", (), True),
        ("VS106", ("steps", 2), False),
        ("VS109", ("steps", 0), False),
        ("VS101", (), False),
    ],
)
def test_a_comment_silences_a_code_where_it_stands(code, place, is_silent):
    from valuestream.model.findings import Finding

    located = parse(SILENT).locate(Finding(code, "warning", "m", place=place))
    assert (located is None) == is_silent


def test_locate_fills_file_line_and_column():
    from valuestream.model.findings import Finding

    document = parse(SILENT, "desk.stream.yaml")
    for place, line, column in (
        ((), 2, 1),
        (("stream",), 2, 9),
        (("steps",), 4, 1),
        (("steps", 1), 11, 5),
        (("steps", 1, "step"), 11, 11),
        (("steps", 1, "value"), 11, 5),
        (("steps", 0, "sub-steps", 1, "step"), 10, 15),
    ):
        found = document.locate(Finding("VS999", "note", "m", place=place))
        assert (found.file, found.line, found.column) == ("desk.stream.yaml", line, column), place
    assert document.locate(Finding("VS999", "note", "m", step="b")).line == 11


def test_what_keeps_a_stream_from_being_read_cannot_be_silenced():
    assert parse("# valuestream: ignore VS020\nstream: A\nx: 1\nsteps: [{step: B}]\n").findings


def test_read_takes_paths_as_texts(tmp_path):
    (tmp_path / "a.stream.yaml").write_text(DESK)
    assert read(str(tmp_path / "a.stream.yaml")).stream.stream == "Desk"
