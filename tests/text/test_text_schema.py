"""The JSON Schema says of shapes and keys what the reader says."""

from pathlib import Path

import jsonschema
import pytest

from valuestream.model.answers import Answers
from valuestream.model.goals import Goals
from valuestream.model.stream import Stream
from valuestream.model.workspace import Workspace
from valuestream.text import parse, read
from valuestream.text.keys import ELEMENTS, KEYS
from valuestream.text.nodes import plain
from valuestream.text.schema import schema
from valuestream.text.shape import elements, keys

KINDS = {"stream": Stream, "goals": Goals, "workspace": Workspace, "design": Answers}
TEXTS = sorted(Path("../shared/design/workspace").glob("*.yaml")) + sorted(
    Path("src/valuestream/templates").glob("*.yaml")
)


def validator(kind):
    return jsonschema.Draft202012Validator(schema(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_a_schema_of_its_dialect(kind):
    jsonschema.Draft202012Validator.check_schema(schema(kind))
    assert schema(kind)["$schema"].endswith("2020-12/schema")


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.name)
def test_good_texts_are_valid(path):
    document = read(path)
    assert document.findings == ()
    kind = next(kind for kind, model in KINDS.items() if isinstance(document.content, model))
    validator(kind).validate(plain(document.root))


def test_value_is_a_text_or_a_mapping_and_names_are_those_of_the_text():
    good = (
        "stream: A\nsteps:\n  - step: B\n    value: v\n    detailed in: X\n    by: a\n"
        "    then: {C: 3 %, B: 97 %}\n"
        "    sub-steps: [{step: S, value: {receives: v, promise: within 3 min}}]\n"
        "    work: 3 to 4 min\n"
        "  - step: C\n    waste: waiting\n    by:\n    people: 2\n    then: {together: [B, C]}\n"
        "    work: {distribution: uniform, min: 1 min, max: 2 min}\narrivals: 8 per h\n"
    )
    assert parse(good).findings == ()
    validator("stream").validate(plain(parse(good).root))


@pytest.mark.parametrize(
    "line",
    ["vaule: x", "detailed_in: x", "value: {recieves: x}", "value: 3", "by: 3", "end: 'yes'",
     "waste: wait", "work: {mean: 3 min}", "id: a b", "then: {together: [a]}"],
)  # fmt: skip
def test_what_the_reader_refuses_the_schema_refuses(line):
    document = parse(f"stream: A\nsteps:\n  - step: B\n    {line}\n")
    assert document.findings
    assert list(validator("stream").iter_errors(plain(document.root)))


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_described_and_its_examples_are_valid(kind):
    made = schema(kind)
    for part in (made, *(made["$defs"][e.__name__] for e in elements(KINDS[kind])[1:])):
        for key, value in part["properties"].items():
            assert value["description"], key
            for example in value["examples"]:
                part_of = {**value, "$defs": made["$defs"]}
                assert jsonschema.Draft202012Validator(part_of).is_valid(example), key


def test_the_table_of_keys_is_that_of_the_model():
    models = {e.__name__: e for root in KINDS.values() for e in elements(root)}
    assert set(ELEMENTS) == set(KEYS) == set(models)
    for name, model in models.items():
        assert set(KEYS[name]) == set(keys(model))


def test_the_examples_of_keys_are_read_without_faults():
    for key in KEYS["Stream"]:
        for example in KEYS["Stream"][key].examples:
            data = {"stream": "A", "steps": [{"step": "Check-in"}], key: example}
            assert key in Stream.model_validate(data).model_dump()
    names = ["Check-out", "Refuse", "Approve", "Repair", "Hand over", "Pack", "Invoice"]
    for key in KEYS["Step"]:
        for example in KEYS["Step"][key].examples:
            both = {"from": "Asked", "to": "Answered"} if key in ("from", "to") else {}
            steps = [{"step": "A", **both, key: example}, *({"step": n} for n in names)]
            read = Stream.model_validate({"stream": "A", "steps": steps})
            assert key in read.model_dump()["steps"][0]
