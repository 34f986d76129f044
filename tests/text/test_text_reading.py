"""Files as they come: encodings, sizes, places where there is none."""

import os
import time

import pytest

from valuestream.text import Faulty, check, load, parse, read
from valuestream.text.files import write

GOOD = "stream: Café\nsteps:\n  - step: Ελλάδα\n    value: 你好\n"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "a.stream.yaml"


def only(document):
    assert document.content is None
    (found,) = document.findings
    return found


def test_a_good_text_gives_its_stream(file):
    file.write_text(GOOD, encoding="utf-8")
    assert load(file).steps[0].value.receives == "你好"
    assert read(file).findings == ()


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_reading_and_writing_back_changes_no_byte(file, bom, newline):
    data = bom + GOOD.replace("\n", newline).encode()
    file.write_bytes(data)
    document = read(file)
    assert document.stream.stream == "Café"
    write(document)
    assert file.read_bytes() == data


def test_a_byte_order_mark_shifts_no_column(file):
    file.write_bytes(b"\xef\xbb\xbfstraem: A\n")
    assert {(f.line, f.column) for f in read(file).findings} == {(1, 1)}
    assert parse("\ufeff" + GOOD).stream.stream == "Café"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_unicode_encodings_are_answered(file, encoding):
    file.write_bytes(GOOD.encode(encoding))
    assert only(read(file)).code in ("VS003", "VS004")


def test_utf_16_is_told_by_its_mark(file):
    file.write_bytes(GOOD.encode("utf-16"))
    assert "UTF-16" in only(read(file)).message
    assert "UTF-8" in only(read(file)).suggestion


def test_latin_1_is_told_by_the_byte_and_its_place(file):
    file.write_bytes("stream: A\r\ncustomer: Café\r\n".encode("latin-1"))
    found = only(read(file))
    assert (found.code, found.line, found.column) == ("VS004", 2, 14)
    assert "0xe9 in line 2" in found.message


def test_a_binary_file_is_no_text(file):
    file.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    assert only(read(file)).code == "VS003"


def test_fifty_megabytes_are_answered_at_once(file):
    file.write_bytes(b"stream: A\n" * 5_000_000)
    start = time.process_time()
    found = only(read(file))
    assert time.process_time() - start < 10
    assert found.code == "VS002"
    assert "50,000,000 bytes" in found.message
    assert "1 MiB" in found.message


def test_a_file_of_just_the_limit_is_read(file):
    body = "stream: A\nsteps: [{step: B}]\n"
    file.write_text(body + "#" * (1024 * 1024 - len(body)))
    assert load(file).stream == "A"
    file.write_text(body + "#" * (1024 * 1024 - len(body) + 1))
    assert only(read(file)).code == "VS002"


def test_what_is_no_file_is_answered(tmp_path):
    link = tmp_path / "b.stream.yaml"
    link.symlink_to(tmp_path / "nowhere")
    (tmp_path / "folder.stream.yaml").mkdir()
    for name, words in {
        "missing.stream.yaml": "no such file",
        "b.stream.yaml": "points to nothing",
        "folder.stream.yaml": "a folder",
        "b.stream.yaml/x": "cannot be read",
        "x" * 300: "cannot be read",
        "nul\0byte": "cannot be read",
    }.items():
        found = only(read(tmp_path / name))
        assert found.code == "VS001", name
        assert words in found.message or name == "b.stream.yaml/x"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_answered(file):
    file.write_text(GOOD)
    file.chmod(0)
    assert "cannot be read" in only(read(file)).message


def test_load_raises_all_faults_in_sentences(file):
    file.write_text("stream: 3\nstpes: 4\n")
    with pytest.raises(Faulty) as raised:
        load(file)
    assert len(raised.value.findings) == 2
    assert "a.stream.yaml:2:1: VS020" in str(raised.value)


def test_load_of_goals_says_that_they_are_no_stream(tmp_path):
    path = tmp_path / "a.goals.yaml"
    path.write_text("objective: A\nkey results: [{key result: b, measure: c / d}]\n")
    with pytest.raises(Faulty, match="no stream"):
        load(path)
    assert read(path).goals.objective == "A"


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("a.stream.yaml", "stream: A\nsteps: [{step: B}]\n", "stream"),
        ("a.yaml", "stream: A\nsteps: [{step: B}]\n", "stream"),
        ("a.yaml", "objective: A\nkey results: [{key result: b, measure: c}]\n", "goals"),
        ("a.yaml", "workspace: A\n", "workspace"),
        ("valuestream.yaml", "workspace: A\n", "workspace"),
    ],
)
def test_what_a_file_holds_is_told_by_its_name_or_its_keys(name, text, kind):
    document = parse(text, name)
    assert document.findings == ()
    assert getattr(document, kind) is not None


def test_a_file_of_an_unknown_kind_is_asked_for_its_kind():
    assert only(parse("a: b\n", "notes.yaml")).code == "VS014"


BOMBS = {
    "laughs": "a: &a [lol, lol]\n"
    + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi")),  # noqa: B905
    "brackets": "[" * 40_000,
    "braces": "{a: " * 10_000,
    "dashes": "- " * 20_000,
    "questions": "? " * 20_000,
    "closed": "[" * 500 + "]" * 500,
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_bombs_are_answered_early(bomb):
    start = time.process_time()
    assert only(parse(BOMBS[bomb])).code in ("VS008", "VS009", "VS015")
    assert time.process_time() - start < 5


def test_two_hundred_steps_are_read_fast():
    steps = "".join(f"  - step: S {i}\n    by: [A, B]\n    value: V {i}\n" for i in range(200))
    start = time.process_time()
    assert len(parse("stream: A\nsteps:\n" + steps).stream.steps) == 200
    assert time.process_time() - start < 10


def test_check_takes_what_is_not_there_as_a_finding(tmp_path):
    (found,) = check([tmp_path / "nothing"])
    assert (found.code, found.severity) == ("VS001", "error")
