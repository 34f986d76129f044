"""JSON logs: every shape is the same rows, every broken line stands in the ledger, no bomb bursts."""

import csv
import gzip
import json
from pathlib import Path

import pytest

from valuestream.events import Columns, EventsError, read

DATA = Path(__file__).parents[3] / "shared" / "data"
ROWS = [
    {"case_id": f"c{n % 3}", "activity": "A", "timestamp": f"2026-01-05T09:00:{n:02}Z", "n": n}
    for n in range(20)
]


@pytest.fixture
def written(tmp_path):
    def write(content, name="log.json"):
        content = content if isinstance(content, bytes) else content.encode()
        (tmp_path / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
        return tmp_path / name

    return write


def record(**more):
    return json.dumps({"case_id": "1", "activity": "A", "timestamp": "2026-01-05"} | more)


def values(events, *attributes):
    listed = ", ".join(f'"attribute {a}"' for a in attributes)
    return events.engine.connection.execute(f"SELECT {listed} FROM events ORDER BY row").fetchall()


def entries(events):
    return {(e.kind, e.reason): (e.rows, e.first) for e in events.ledger.entries}


LINES = "\n\n".join(map(json.dumps, ROWS))
SHAPES = {
    "array": ("log.json", json.dumps(ROWS)),
    "indented": ("log.json", json.dumps(ROWS, indent=2)),
    "lines": ("log.jsonl", LINES),
    "lines named json": ("log.json", LINES + "\n"),
    "lines with returns": ("log.ndjson", LINES.replace("\n", "\r\n")),
    "array named jsonl": ("log.jsonl", json.dumps(ROWS, indent=1)),
    "in an object": ("log.json", json.dumps({"page": 1, "tags": ["x"], "log": ROWS})),
    "deeper": ("log.json", json.dumps({"data": {"log": ROWS}, "of": {"n": 1}})),
    "zipped": ("log.json.gz", json.dumps(ROWS)),
    "zipped lines": ("log.jsonl.gz", LINES),
    "marked": ("log.json", b"\xef\xbb\xbf" + json.dumps(ROWS).encode()),
    "marked lines": ("log.jsonl", b"\xef\xbb\xbf" + LINES.encode()),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_is_the_same_rows(written, shape):
    name, content = SHAPES[shape]
    with read(written(content, name)) as events:
        found = events.engine.connection.execute(
            'SELECT row, case_id, "attribute n" FROM events ORDER BY row'
        ).fetchall()
        assert found == [(n + 1, f"c{n % 3}", str(n)) for n in range(20)]
        assert (events.ledger.rows_read, events.ledger.entries) == (20, ())


def test_the_key_of_the_list_is_noted(written):
    with read(written(json.dumps({"data": {"log": ROWS}}))) as events:
        assert "the rows are the list 'data.log'" in events.ledger.whole()


def test_what_is_in_cells(written):
    rows = [
        '"a": {"b": {"c": 1.10}, "d": null}, "l": [1, "x", {"y": 2.50}, [true, null]], "m": 7',
        '"a": {"b": {"c": 123456789012345678901234567890}}, "m": "text", "n": 1e400',
        '"a": 5, "m": {"k": false}, "e": {}, "": "empty"',
    ]
    shared = record().rstrip("}")
    with read(written("\n".join(f"{shared}, {row}}}" for row in rows))) as events:
        assert values(events, "a.b.c", "a.d", "l", "m", "n", "a", "m.k", "e") == [
            ("1.10", None, '[1, "x", {"y": 2.50}, [true, null]]', "7", None, None, None, None),
            ("123456789012345678901234567890", None, None, "text", "1e400", None, None, None),
            (None, None, None, None, None, "5", "false", "{}"),
        ]
        assert values(events, "column 12")[2] == ("empty",)


def test_keys_of_one_name_but_for_their_case_are_two_columns(written):
    with read(written(f"[{record(a='1', A='2')}]")) as events:
        assert values(events, "a", "A (2)") == [("1", "2")]


def test_broken_lines_stand_in_the_ledger(written):
    lines = [
        record(n=1).encode(),
        b'{"case_id": ',
        b"",
        record(n=2).encode(),
        b"7",
        b"null",
        b'[{"case_id": 1}]',
        b'{"case_id": "\xff"}',
        b'{"x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"x": ' + b'{"a":' * 100_000 + b"1" + b"}" * 100_001,
        record(n=3).encode() * 2,
        record(n=4).encode()[:-4],
    ]
    with read(written(b"\n".join(lines), "log.jsonl")) as events:
        assert values(events, "n") == [("1",), ("2",)]
        assert entries(events) == {
            ("left out", "no JSON object"): (3, (4, 5, 6)),
            ("left out", "no valid JSON"): (3, (2, 10, 11)),
            ("left out", "not UTF-8"): (1, (7,)),
            ("left out", "nested too deep"): (2, (8, 9)),
        }
        assert (events.ledger.rows_read, events.ledger.rows_used) == (11, 2)


@pytest.mark.parametrize("name", ["log.json", "log.jsonl"])
def test_what_is_read_otherwise_than_written_is_noted(written, name):
    lines = [
        record(n=1),
        record(n=2)[:-1] + ', "n": 3}',
        record()[:-1] + ', "n": NaN}',
        record()[:-1] + ', "a.b": "2", "n": "\\ud83d\\ude00", "a": {"b": "3"}}',
        record()[:-1] + ', "n": "\\ud800", "\\udc00": 1}',
        record(n=6),
    ]
    content = "\n".join(lines) if name.endswith("l") else f"[{', '.join(lines)}]"
    with read(written(content, name)) as events:
        assert values(events, "n") == [("1",), ("3",), (None,), ("😀",), ("�",), ("6",)]
        assert entries(events) == {
            ("noted", "a key stands twice, of which the last counts"): (2, (2, 4)),
            ("noted", "half a character (\\ud800 …) is written as �"): (1, (5,)),
            ("noted", "NaN or Infinity, which JSON does not have, is no value"): (1, (3,)),
        }
        assert events.ledger.rows_used == 6


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "log.json is empty"),
        (" \n\t", "log.json is empty"),
        ("[]", "holds no JSON objects"),
        ("[1, null]", "holds no JSON objects"),
        ("7", "holds no list of JSON objects"),
        ('"text"', "holds no list of JSON objects"),
        ('{"case_id": 1}', "holds no list of JSON objects"),
        ('{"a": [{}], "b": [{}]}', "several lists of objects ('a', 'b')"),
        (f"[{record()},\n{record()}\n{record()}]", "log.json:3: no valid JSON (expecting ','"),
        (f"[{record()},\n\n]", "log.json:3: no valid JSON (expecting value, column 1"),
        (f"[{record()}]\n x", "log.json:2: no valid JSON (extra data"),
        (f"[{record()}", "log.json:1: no valid JSON"),
        (f'[{record()},\n{{"a": "\n"}}]', "log.json:2: no valid JSON (invalid control"),
        (f"{{\n{record()}}}", "log.json:2: no valid JSON (expecting property"),
        ("[" * 100_000, "nested too deep"),
        ('{"a":' * 100_000, "nested too deep"),
        ("[" + record() + "\n," + "[" * 100_000 + "]" * 100_001, "nested too deep"),
        (f"[{record()}]".encode("utf-16"), "is in UTF-16"),
        (f"[{record()}]".encode("utf-16-le"), "is in UTF-16"),
        (b"[\n\xff]", "log.json:2: not UTF-8"),
        (f"[{record(many={str(n): n for n in range(2001)})}]", "most of them in 'many'"),
        ('[{"a": 1}]', "no column is recognised as the case"),
        ("[{}]", "no column is recognised as the case"),
    ],
)
def test_what_is_no_log_is_refused_in_one_sentence(written, content, said):
    with pytest.raises(EventsError) as error:
        read(written(content))
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_cut_gzip_file_is_refused(written):
    path = written(LINES * 50, "log.jsonl.gz")
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(EventsError, match="no whole gzip file"):
        read(path)


def test_rows_keep_their_numbers_over_many_chunks(written):
    lines = (record(n=n, **({"odd": 1} if n % 7 else {})) for n in range(1, 25_001))
    with read(written("\n".join(lines), "log.jsonl")) as events:
        wrong = 'SELECT count(*) FROM events WHERE row <> "attribute n"::INT'
        assert events.engine.connection.execute(wrong).fetchone() == (0,)
        assert events.ledger.rows_used == 25_000


real = pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not there")


@real
@pytest.mark.parametrize("name", ["log.json", "log.jsonl"])
def test_no_broken_file_is_read_as_a_log(written, name):
    for path in (DATA / "nasty_json").glob("*.json"):
        with pytest.raises(EventsError) as error:
            read(written(path.read_bytes(), name))
        assert "\n" not in str(error.value), path.name


@real
def test_a_broken_value_breaks_a_whole_log_and_a_whole_one_does_not(written):
    constants = {"n_number_NaN.json", "n_number_infinity.json", "n_number_minus_infinity.json"}
    for path in (DATA / "nasty_json").glob("*.json"):
        log = written(f"[{record()[:-1]}, ".encode() + b'"x": ' + path.read_bytes() + b"}]")
        if path.name.startswith("n_") and path.name not in constants:
            with pytest.raises(EventsError):
                read(log)
        elif path.name.startswith("y_") or path.name in constants:
            with read(log) as events:
                assert events.ledger.rows_used == 1, path.name
                assert bool(events.ledger.entries) == (
                    path.name in constants or "duplicated_key" in path.name
                ), path.name


@real
@pytest.mark.parametrize("shape", ["array", "lines", "wrapped"])
def test_real_answers_of_a_tracker(written, shape):
    with (DATA / "sd_github_devlake" / "_raw_github_api_pull_requests.csv").open() as file:
        csv.field_size_limit(1 << 30)
        pulls = [json.loads(row["data"]) for row in csv.DictReader(file)]
    content = {
        "array": lambda: json.dumps(pulls, indent=1),
        "lines": lambda: "\n".join(map(json.dumps, pulls)),
        "wrapped": lambda: json.dumps({"total": 50, "items": pulls}),
    }[shape]()
    columns = Columns(case="number", activity="state", end="created_at", resource="user.login")
    with read(written(content), columns) as events:
        query = "SELECT case_id, activity, resource FROM events ORDER BY row"
        assert events.engine.connection.execute(query).fetchall() == [
            (str(pull["number"]), pull["state"], pull["user"]["login"]) for pull in pulls
        ]
        assert values(events, "head.repo.full_name")[0] == (pulls[0]["head"]["repo"]["full_name"],)
