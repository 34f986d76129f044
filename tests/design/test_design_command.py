"""`valuestream design` as a person runs it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from valuestream.text import parse, read


@pytest.fixture
def run(tmp_path: Path):
    def run_command(*arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        command = [
            sys.executable,
            "-c",
            "from valuestream.cli import main; main()",
            "design",
            *arguments,
        ]
        return subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, input=typed, check=False
        )

    return run_command


def test_one_call_writes_a_stream_and_what_is_to_be_designed(run, tmp_path):
    ran = run("goods delivered", "--by", "time", "--name", "Parcels", "--customer", "Buyer",
              "-o", "p.stream.yaml", "--requests", "r.stream.yaml", "--keep", "p.design.yaml")  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert "To be designed: a step that gives 'order'" in ran.stdout
    assert read(tmp_path / "p.stream.yaml").stream.stream == "Parcels"
    assert read(tmp_path / "r.stream.yaml").stream.kind == "developmental"
    again = run("--answers", "p.design.yaml", "--format", "json")
    assert json.loads(again.stdout)["text"].splitlines()[3:5] == [
        "customer: Buyer",
        "outcome: goods delivered",
    ]
    refused = run("goods delivered", "-o", "p.stream.yaml")
    assert (refused.returncode, "is there already" in refused.stderr) == (1, True)


def test_json_is_one_document(run):
    ran = run("goods delivered", "--brings", "order", "--by", "time", "--format", "json")
    found = json.loads(ran.stdout)
    assert found["plans"][0]["total"] == 105720
    assert found["plans"][0]["proven"]
    assert parse(found["text"]).findings == ()


def test_a_conversation_writes_at_its_end_alone(run, tmp_path):
    typed = "room key\nGuest\n\n1\nnope\nback\n1\nbrings\nKeys\n"
    ran = run("-o", "k.stream.yaml", typed=typed)
    assert ran.returncode == 0, ran.stderr
    assert "'nope' is none of the answers" in ran.stderr
    stream = read(tmp_path / "k.stream.yaml").stream
    assert (stream.stream, stream.customer, stream.request) == ("Keys", "Guest", "stay details")
    assert [step.step for step in stream.steps] == ["Check-in at the desk"]


def test_where_the_input_ends_nothing_is_written(run, tmp_path):
    ran = run("-o", "k.stream.yaml", typed="room key\nGuest\n")
    assert ran.returncode == 1
    assert "the input ended before all was answered, and nothing is written" in ran.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("setled",), "did you mean 'settled'?"),
        (("",), "'outcome' is empty"),
        (("settled", "--no-templates"), "no step is known that says what it gives"),
        (("settled", "--from", "nowhere"), "nowhere is not there"),
        (("--answers", "nowhere.design.yaml"), "VS001 there is no such file"),
        (("settled", "--answers", "x.design.yaml"), "--answers says all of it"),
        (("settled", "--over", "s.stream.yaml", "-o", "x.txt"), "pictures end in .svg"),
        (("settled", "--brings", "settled"), "what the customer brings"),
    ],
)
def test_what_is_wrong_is_one_sentence(run, arguments, message):
    ran = run(*arguments)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert message in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


def test_streams_with_faults_are_left_out_and_named(run, tmp_path):
    (tmp_path / "a.stream.yaml").write_text("stream: A\nsteps:\n  - {step: A, givs: settled}\n")
    ran = run("settled")
    assert ran.returncode == 0
    assert "a.stream.yaml has faults, its steps are left out" in ran.stderr


def test_over_a_stream(run, tmp_path):
    (tmp_path / "a.stream.yaml").write_text(
        "stream: A\nsteps:\n  - {step: File, gives: copy, work: 1 h}\n  - {step: Do, gives: done}\n"
    )
    ran = run("--over", "a.stream.yaml", "-o", "a.svg")
    assert (
        "1 File: not needed, nothing on the way needs 'copy'; 1 h a visit, declared" in ran.stdout
    )
    assert "not needed" in (tmp_path / "a.svg").read_text()
    found = json.loads(run("--over", "a.stream.yaml", "--format", "json").stdout)
    assert (found["needed"], [one["step"] for one in found["not_needed"]]) == (["Do"], ["File"])


@pytest.mark.parametrize("code", ["VS090", "VS091", "VS092", "VS093"])
def test_codes_are_explained(code):
    from valuestream.cli.catalogue import explanation

    assert explanation(code).startswith(f"{code}: ")
